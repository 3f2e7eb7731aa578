extension ExpressionFunction {
    /// The 1-based position of one text in another from a start on; 0 when it is not there.
    static let inStr = ExpressionFunction(
        "InStr",
        [
            Parameter("value1"), Parameter("value2"), Parameter("start", .optional),
            Parameter("compareType", .optional),
        ],
        Help(
            "the position of a text in another, 0 when absent",
            example: "InStr([mail], \"@contoso.com\", 1, vbTextCompare)")
    ) { (call) throws(ExpressionEvaluationError) in
        guard let text = try call.units(0), let wanted = try call.units(1) else {
            return .integer(0)
        }
        let start = call.isGiven(2) ? try call.integer(2) : 1
        guard start >= 1 else { throw call.error("The start must be 1 or more.") }
        let ignoresCase: Bool
        switch try call.text(3) ?? MappingExpression.Word.vbBinaryCompare.rawValue {
        case MappingExpression.Word.vbBinaryCompare.rawValue, "0": ignoresCase = false
        case MappingExpression.Word.vbTextCompare.rawValue, "1": ignoresCase = true
        default: throw call.error("The compare type must be vbTextCompare or vbBinaryCompare.")
        }
        guard start <= text.count + 1 else { return .integer(0) }
        let found = text.firstRange(of: wanted, from: Int(start) - 1, ignoresCase: ignoresCase)
        return .integer(found.map { Int64($0.lowerBound + 1) } ?? 0)
    }
}

extension [UInt16] {
    /// The first occurrence at `start` or later; the empty text is found at once.
    func firstRange(of wanted: [UInt16], from start: Int, ignoresCase: Bool = false) -> Range<Int>?
    {
        var at = start
        while at + wanted.count <= count {
            let isHere = wanted.indices.allSatisfy {
                let unit = self[at + $0]
                return unit == wanted[$0] || ignoresCase && UnitCase.areSame(unit, wanted[$0])
            }
            if isHere { return at..<(at + wanted.count) }
            at += 1
        }
        return nil
    }
}
