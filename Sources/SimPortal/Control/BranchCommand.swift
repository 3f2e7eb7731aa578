/// What may be done with the worlds of a tenant.
package enum BranchCommand: Hashable, Sendable {
    case listSnapshots
    /// Takes one, in place of an older one of that name.
    case snapshot(String)
    case restore(String)
    case removeSnapshot(String)
    /// A second tenant, of that name, with the same content and its own sample apps.
    case fork(String)
    /// Back to the fixture; a fork to what it was when made.
    case reset
    /// Removes a fork.
    case discard

    static let nameRule = "lower-case letters, digits and dashes, at most 64"

    static func isName(_ name: String) -> Bool {
        (1...64).contains(name.utf8.count) && !name.hasPrefix("-")
            && name.utf8.allSatisfy {
                (97...122).contains($0) || (48...57).contains($0) || $0 == UInt8(ascii: "-")
            }
    }
}
