extension ExpressionFunction {
    /// The value of the n-th component of a distinguished name from the left; null past the end.
    static let dnComponent = ExpressionFunction(
        "DNComponent", [Parameter("dn"), Parameter("number")],
        Help(
            "the value of one component of a distinguished name",
            example: "DNComponent([onPremisesDistinguishedName], 1)", isCloudSyncOnly: true)
    ) { (call) throws(ExpressionEvaluationError) in
        guard let name = try call.text(0) else { return .null }
        let number = try call.integer(1)
        let components = Self.components(of: name)
        guard number >= 1, number <= components.count else { return .null }
        return .string(components[Int(number) - 1])
    }

    /// Values without their types; a backslash keeps the comma after it.
    private static func components(of name: String) -> [String] {
        var components = [String.UnicodeScalarView()]
        var isEscaped = false
        for scalar in name.unicodeScalars {
            if !isEscaped, scalar == "\\" {
                isEscaped = true
                continue
            }
            if !isEscaped, scalar == "," {
                components.append(String.UnicodeScalarView())
            } else {
                components[components.count - 1].append(scalar)
            }
            isEscaped = false
        }
        return components.map { component in
            let value = component.firstIndex(of: "=").map { component[$0...].dropFirst() }
            return String(value.map(String.UnicodeScalarView.init) ?? component)
        }
    }
}
