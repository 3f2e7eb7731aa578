import SimCore

/// A fault rule as a fixture has it: `"faults": [{"where": …, "what": …}]`. What it means is not
/// the directory's business; whoever reads it says what is wrong with it, and gets the place.
package struct FixtureFault: Sendable {
    static let key = "faults"

    package let json: JSONValue
    private let index: Int
    private let file: String
    /// The whole file, to find places in.
    private let bytes: [UInt8]

    init(_ json: JSONValue, index: Int, file: String, bytes: [UInt8]) {
        self.json = json
        self.index = index
        self.file = file
        self.bytes = bytes
    }

    /// Something wrong with the rule.
    ///
    /// - Parameter steps: from the rule down to what is wrong; empty for the rule itself.
    package func problem(_ why: String, hint: String?, at steps: [JSONStep]) -> FixtureProblem {
        let path = [JSONStep.key(Self.key), .index(index)] + steps
        let place = JSONPosition.lineAndColumn(
            of: JSONPosition.offset(of: path, in: bytes), in: bytes)
        return FixtureProblem(
            file: file, line: place.line, column: place.column, keyPath: path.keyPath,
            reason: .refused(why, hint: hint))
    }
}
