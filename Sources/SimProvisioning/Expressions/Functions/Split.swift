import SimDirectory

extension ExpressionFunction {
    /// The pieces between the delimiters, without the white space around them.
    static let split = ExpressionFunction(
        "Split", [Parameter("source"), Parameter("delimiter")],
        Help(
            "a text cut at a delimiter into a list", example: "Split([extensionAttribute5], \",\")")
    ) { (call) throws(ExpressionEvaluationError) in
        guard let units = try call.units(0) else { return .null }
        let delimiter = try call.units(1) ?? []
        var pieces: [String] = []
        var start = 0
        while !delimiter.isEmpty, let found = units.firstRange(of: delimiter, from: start) {
            pieces.append(String(decoding: units[start..<found.lowerBound], as: UTF16.self))
            start = found.upperBound
        }
        pieces.append(String(decoding: units[start...], as: UTF16.self))
        return .list(call.context.settings.splitTrimsItems ? pieces.map(\.trimmed) : pieces)
    }
}

extension String {
    /// Without white space at both ends.
    var trimmed: String {
        var rest = unicodeScalars[...]
        while rest.first?.properties.isWhitespace ?? false { rest.removeFirst() }
        while rest.last?.properties.isWhitespace ?? false { rest.removeLast() }
        return String(rest)
    }
}
