import SimCore

/// A part of a fixture whose meaning is not the directory's business: a fault rule, an issuer, the
/// settings of the login endpoint. Whoever reads it says what is wrong with it, and gets the place.
package struct FixturePart: Sendable {
    /// Keys of `tenant.json` that hold such parts.
    enum Key: String {
        /// A list of rules: `{"where": …, "what": …}`.
        case faults
        /// A list: `{"issuer": "https://…"}`.
        case issuers
        /// One object: name to value.
        case identitySettings
    }

    package let json: JSONValue
    private let place: [JSONStep]
    private let file: String
    /// The whole file, to find places in.
    private let bytes: [UInt8]

    init(_ json: JSONValue, at place: [JSONStep], file: String, bytes: [UInt8]) {
        self.json = json
        self.place = place
        self.file = file
        self.bytes = bytes
    }

    /// Each element of a list.
    static func list(
        _ key: Key, of root: FixtureObject, file: String, bytes: [UInt8]
    ) -> [FixturePart] {
        (root.array(key.rawValue) ?? []).enumerated().map {
            FixturePart(
                $0.element, at: [.key(key.rawValue), .index($0.offset)], file: file, bytes: bytes)
        }
    }

    /// Something wrong with the part.
    ///
    /// - Parameter steps: from the part down to what is wrong; empty for the part itself.
    package func problem(_ why: String, hint: String?, at steps: [JSONStep]) -> FixtureProblem {
        let path = place + steps
        let place = JSONPosition.lineAndColumn(
            of: JSONPosition.offset(of: path, in: bytes), in: bytes)
        return FixtureProblem(
            file: file, line: place.line, column: place.column, keyPath: path.keyPath,
            reason: .refused(why, hint: hint))
    }
}
