/// A function of the mapping language: its parameters, its help and how it evaluates. One file each
/// under `Functions/`. Names are case-sensitive. mapping-expressions.md §4.
package struct ExpressionFunction: Sendable {
    /// `name` is the key in the synchronization schema's `parameters`.
    package struct Parameter: Hashable, Sendable {
        package enum Presence: Hashable, Sendable {
            /// May not be left empty.
            case required
            /// May be left empty or out.
            case optional
            /// The last parameters repeat as a group; at least once.
            case repeating
        }

        package let name: String
        package let presence: Presence

        package init(_ name: String, _ presence: Presence = .required) {
            self.name = name
            self.presence = presence
        }
    }

    /// What the command line says about a function.
    package struct Help: Hashable, Sendable {
        /// One line, no full stop.
        package let summary: String
        /// An expression that parses.
        package let example: String
        /// Documented for cloud sync only; refused unless a setting allows it.
        package var isCloudSyncOnly = false

        init(_ summary: String, example: String, isCloudSyncOnly: Bool = false) {
            self.summary = summary
            self.example = example
            self.isCloudSyncOnly = isCloudSyncOnly
        }
    }

    enum Body: Sendable {
        /// Receives the values of its arguments; a flow marker among them is the result.
        case strict(
            @Sendable (borrowing ExpressionCall) throws(ExpressionEvaluationError) ->
                ExpressionValue)
        /// Decides itself which arguments are evaluated.
        case lazy(
            @Sendable (borrowing ExpressionArguments) throws(ExpressionEvaluationError) ->
                ExpressionValue)
    }

    package let name: String
    package let parameters: [Parameter]
    package let help: Help
    let body: Body
    /// `SelectUniqueValue`: may not stand inside another call.
    let isTopLevelOnly: Bool

    init(
        _ name: String, _ parameters: [Parameter], _ help: Help, isTopLevelOnly: Bool = false,
        _ body:
            @escaping @Sendable (borrowing ExpressionCall) throws(ExpressionEvaluationError) ->
            ExpressionValue
    ) {
        self.name = name
        self.parameters = parameters
        self.help = help
        self.isTopLevelOnly = isTopLevelOnly
        self.body = .strict(body)
    }

    init(
        lazy name: String, _ parameters: [Parameter], _ help: Help,
        _ body:
            @escaping @Sendable (borrowing ExpressionArguments) throws(ExpressionEvaluationError) ->
            ExpressionValue
    ) {
        self.name = name
        self.parameters = parameters
        self.help = help
        isTopLevelOnly = false
        self.body = .lazy(body)
    }

    /// Every function, by name.
    package static let all: [ExpressionFunction] = [
        .append, .appRoleAssignments, .appRoleAssignmentsComplex,
        .assertiveAppRoleAssignmentsComplex, .bitAnd, .cBool, .cDate, .coalesce,
        .convertFromBase64, .convertToBase64, .convertToUTF8Hex, .count, .cStr, .dateAdd,
        .dateDiff, .dateFromNum, .defaultDomain, .dnComponent, .error, .formatDateTime, .guid,
        .ignoreFlowIfNullOrEmpty, .iif, .inStr, .isNull, .isNullOrEmpty, .isPresent, .isString,
        .item, .join, .left, .mid, .normalizeDiacritics, .not, .now, .numFromDate, .pCase,
        .randomString, .redact, .removeDuplicates, .replace, .selectUniqueValue,
        .singleAppRoleAssignment, .split, .stringFromSid, .stripSpaces, .switch, .toLower,
        .toUpper, .trim, .word,
    ]

    private static let byName = Dictionary(all.map { ($0.name, $0) }) { first, _ in first }

    package static func named(_ name: String) -> ExpressionFunction? { byName[name] }

    /// `Mid(source, start, length)`; `?` optional, `…` repeating.
    package var signature: String {
        let shown = parameters.map { parameter in
            switch parameter.presence {
            case .required: parameter.name
            case .optional: parameter.name + "?"
            case .repeating: parameter.name + "…"
            }
        }
        return "\(name)(\(shown.joined(separator: ", ")))"
    }

    /// The schema key of the argument at `index`: repeated parameters repeat their names in turn.
    package func parameterName(at index: Int) -> String {
        guard index >= parameters.count else { return parameters[index].name }
        let repeated = parameters.filter { $0.presence == .repeating }
        guard !repeated.isEmpty else { return "value" }
        return repeated[(index - (parameters.count - repeated.count)) % repeated.count].name
    }

    /// Why these arguments do not fit: the expected count in words; nil when they do.
    func refusal(of arguments: [MappingExpression?]) -> String? {
        let fixed = parameters.filter { $0.presence != .repeating }
        let group = parameters.count - fixed.count
        let lowest = leastCount
        let expected =
            group > 0
            ? "\(lowest) or more"
            : lowest == fixed.count ? "\(lowest)" : "\(lowest) to \(fixed.count)"
        guard arguments.count >= lowest else { return expected }
        if group > 0 {
            guard (arguments.count - fixed.count) % group == 0 else {
                return "an even count of at least \(lowest)"
            }
        } else {
            // Trailing commas add empty arguments; only what is given counts.
            guard arguments.dropFirst(fixed.count).allSatisfy({ $0 == nil }) else {
                return expected
            }
        }
        for (index, parameter) in parameters.enumerated()
        where parameter.presence == .required && arguments[index] == nil {
            return expected
        }
        return nil
    }

    /// Arguments that must be there, given or as an empty place before a required one.
    private var leastCount: Int {
        if parameters.contains(where: { $0.presence == .repeating }) { return parameters.count }
        return (parameters.lastIndex { $0.presence == .required } ?? -1) + 1
    }
}

extension ExpressionFunction: Hashable {
    package static func == (left: Self, right: Self) -> Bool { left.name == right.name }

    package func hash(into hasher: inout Hasher) { hasher.combine(name) }
}
