/// The name a request asked for the service by, as far as its answer depends on it.
struct AnsweringHost: Hashable, Sendable {
    /// Asked for by a name that a browser must not hold to HTTPS.
    let isShared: Bool
    /// `.login.contoso.example`: the `domain` of cookies that are for the whole host. nil for
    /// shared names, addresses and names of one label, which no cookie may name. RFC 6265 §5.3.
    let cookieDomain: String?

    static let shared = AnsweringHost(nil)

    /// - Parameter field: a `Host` field; nil where there is none.
    init(_ field: String?) {
        isShared = SharedHost.isShared(field)
        cookieDomain = isShared ? nil : field.flatMap(Self.domain)
    }

    private static func domain(_ field: String) -> String? {
        let name = field.prefix { $0 != ":" }
        let labels = name.split(separator: ".", omittingEmptySubsequences: false)
        let isName = labels.allSatisfy { label in
            !label.isEmpty
                && label.utf8.allSatisfy {
                    UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0
                        || UInt8(ascii: "a")...UInt8(ascii: "z") ~= $0 | 0x20
                        || $0 == UInt8(ascii: "-")
                }
        }
        // The last label of an address is a number.
        guard isName, labels.count > 1, let last = labels.last?.utf8.first,
            last > UInt8(ascii: "9")
        else { return nil }
        return "." + name.lowercased()
    }
}
