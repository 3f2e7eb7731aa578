import SimDirectory

extension ExpressionFunction {
    /// The value of the first key equal to the source (ordinal), else the default; null and empty
    /// share the key `""`. Only the branch returned is evaluated. An empty default gives null.
    static let `switch` = ExpressionFunction(
        lazy: "Switch",
        [
            Parameter("source"), Parameter("defaultValue", .optional),
            Parameter("switchValue", .repeating), Parameter("switchValue", .repeating),
        ],
        Help(
            "the value that stands beside the first equal key",
            example: "Switch([IsSoftDeleted], , \"False\", \"True\", \"True\", \"False\")")
    ) { (arguments) throws(ExpressionEvaluationError) in
        if arguments.context.settings.switchNullOnUnchangedSource,
            let changed = arguments.source.changedAttributes,
            changed.isDisjoint(with: arguments.attributeNames(0))
        {
            return .null
        }
        let source = try arguments.value(0)
        guard !source.isMarker else { return source }
        let wanted = try arguments.single(source) ?? ""
        for index in stride(from: 2, to: arguments.count - 1, by: 2) {
            let value = try arguments.value(index)
            guard !value.isMarker else { return value }
            let key = try arguments.single(value) ?? ""
            if key.utf8.elementsEqual(wanted.utf8) { return try arguments.value(index + 1) }
        }
        return try arguments.value(1)
    }
}
