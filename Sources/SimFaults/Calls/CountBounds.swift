import SimCore

/// How many there may be. JSON: a number, or `{"min": 1, "max": 3}`.
package struct CountBounds: Hashable, Sendable, CustomStringConvertible {
    private static let numbers = 0...1_000_000

    let least: Int
    /// nil: no bound.
    let most: Int?

    init(_ json: JSONValue) throws(FaultRuleError) {
        if json.objectValue == nil {
            let wrapped = try FaultObjectReader(["count": json], keys: ["count"], place: "it")
            let count = try wrapped.number("count", in: Self.numbers) ?? 0
            (least, most) = (count, count)
            return
        }
        let reader = try FaultObjectReader(json, keys: ["min", "max"], place: "a count")
        least = try reader.number("min", in: Self.numbers) ?? 0
        most = try reader.number("max", in: Self.numbers)
        if let most, most < least { throw FaultRuleError("'max' in a count is less than 'min'") }
    }

    func admits(_ count: Int) -> Bool { count >= least && (most.map { count <= $0 } ?? true) }

    package var description: String {
        guard let most else { return "at least \(least)" }
        return most == least ? "\(least)" : "\(least) to \(most)"
    }
}
