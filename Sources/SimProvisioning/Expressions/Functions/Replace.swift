import SimDirectory

extension ExpressionFunction {
    /// Text or pattern replaced; which of the forms applies is decided by what is given.
    /// mapping-expressions.md §5.2.
    static let replace = ExpressionFunction(
        "Replace",
        [
            Parameter("source"), Parameter("oldValue", .optional),
            Parameter("regexPattern", .optional), Parameter("regexGroupName", .optional),
            Parameter("replacementValue", .optional),
            Parameter("replacementAttributeName", .optional), Parameter("template", .optional),
        ],
        Help(
            "replaces a text or what a regular expression matches",
            example: "Replace([mail], , \"@.*$\", , \"@fabrikam.com\", , )")
    ) { (call) throws(ExpressionEvaluationError) in
        let form = try Replacing(call)
        if !form.pattern.isEmpty, !form.group.isEmpty, !call.isGiven(4), call.isGiven(5) {
            return try form.fromAttribute(call)
        }
        guard let source = try call.units(0) else { return .null }
        if !form.old.isEmpty {
            if call.isGiven(4) {
                return try form.replaced(form.old, in: source, by: try call.units(4) ?? [], call)
            }
            if !form.template.isEmpty {
                return try form.replaced(form.old, in: form.template, by: source, call)
            }
        }
        guard !form.pattern.isEmpty, call.isGiven(4) else {
            throw call.error(
                form.old.isEmpty && form.pattern.isEmpty
                    ? "An oldValue or a regexPattern is needed." : "A replacement is needed.")
        }
        return try form.matched(in: source, call)
    }
}

/// The forms of `Replace`. Empty text in place of an oldValue, pattern, group or template counts as
/// not given; an empty replacementValue is a replacement.
private struct Replacing {
    let old: [UInt16]
    let pattern: String
    let group: String
    let template: [UInt16]

    init(_ call: borrowing ExpressionCall) throws(ExpressionEvaluationError) {
        old = try call.units(1) ?? []
        pattern = try call.text(2) ?? ""
        group = try call.text(3) ?? ""
        template = try call.units(6) ?? []
    }

    /// Every literal occurrence.
    func replaced(
        _ wanted: [UInt16], in text: [UInt16], by replacement: [UInt16],
        _ call: borrowing ExpressionCall
    ) throws(ExpressionEvaluationError) -> ExpressionValue {
        var out: [UInt16] = []
        var start = 0
        while let found = text.firstRange(of: wanted, from: start) {
            out += text[start..<found.lowerBound]
            out += replacement
            start = found.upperBound
            guard out.count <= ExpressionEvaluation.lengthLimit else {
                throw .tooLong(call.function)
            }
        }
        return .units(out + text[start...])
    }

    /// Every match, or the span of one group in every match.
    func matched(
        in source: [UInt16], _ call: borrowing ExpressionCall
    ) throws(ExpressionEvaluationError) -> ExpressionValue {
        let compiled = try compiled(call)
        let text = try call.text(4) ?? ""
        let literal = Array(text.utf16)
        let place = group.isEmpty ? nil : try place(compiled, call)
        let replacement = PatternReplacement(text, for: compiled)
        var out: [UInt16] = []
        var start = 0
        for match in try matches(compiled, source, call) {
            if let place {
                guard let span = match.range(place), span.lowerBound >= start else { continue }
                out += source[start..<span.lowerBound] + literal
                start = span.upperBound
            } else {
                out += source[start..<match.whole.lowerBound]
                replacement.append(match, of: source, to: &out)
                start = match.whole.upperBound
            }
            guard out.count <= ExpressionEvaluation.lengthLimit else {
                throw .tooLong(call.function)
            }
        }
        return .units(out + source[start...])
    }

    /// The source when it has a value, else the group's text in another attribute; no match is
    /// null (unverified).
    func fromAttribute(
        _ call: borrowing ExpressionCall
    ) throws(ExpressionEvaluationError) -> ExpressionValue {
        let source = call.value(0)
        switch call.context.settings.replacementAttribute {
        case .whenSourceIsEmpty: if !source.isNullOrEmpty { return source }
        case .whenSourceHasValue: if source.isNullOrEmpty { return source }
        }
        guard let units = try call.units(5) else { return .null }
        let compiled = try compiled(call)
        let place = try place(compiled, call)
        guard let span = try matches(compiled, units, call).first?.range(place) else {
            return .null
        }
        return .units(units[span])
    }

    private func compiled(
        _ call: borrowing ExpressionCall
    ) throws(ExpressionEvaluationError) -> DotNetPattern {
        do throws(PatternError) {
            return try call.context.pattern(pattern)
        } catch {
            throw call.error(error)
        }
    }

    private func place(
        _ compiled: DotNetPattern, _ call: borrowing ExpressionCall
    ) throws(ExpressionEvaluationError) -> Int {
        guard let place = compiled.group(group) else {
            throw call.error("The pattern has no group '\(group)'.")
        }
        return place
    }

    private func matches(
        _ compiled: DotNetPattern, _ units: [UInt16], _ call: borrowing ExpressionCall
    ) throws(ExpressionEvaluationError) -> [PatternMatch] {
        do throws(PatternError) {
            return try compiled.allMatches(in: units)
        } catch {
            throw call.error(error)
        }
    }
}
