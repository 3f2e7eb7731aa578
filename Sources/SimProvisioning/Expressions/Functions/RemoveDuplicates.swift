extension ExpressionFunction {
    /// Each value once, the first one kept; case-sensitive (unverified).
    static let removeDuplicates = ExpressionFunction(
        "RemoveDuplicates", [Parameter("attribute")],
        Help("each value once", example: "RemoveDuplicates([proxyAddresses])")
    ) { (call) throws(ExpressionEvaluationError) in
        if call.value(0) == .null { return .null }
        var seen: Set<[UInt8]> = []
        return .list(try call.list(0).filter { seen.insert(Array($0.utf8)).inserted })
    }
}
