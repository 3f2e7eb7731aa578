/// A function of the mapping language: its parameters and how it evaluates. One file each under
/// `Functions/`. Names are case-sensitive. mapping-expressions.md §4.
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

    package typealias Body =
        @Sendable (borrowing ExpressionArguments) throws(ExpressionEvaluationError) ->
        ExpressionValue

    package let name: String
    package let parameters: [Parameter]
    let body: Body

    init(_ name: String, _ parameters: [Parameter], _ body: @escaping Body) {
        self.name = name
        self.parameters = parameters
        self.body = body
    }

    /// Every function, by name.
    package static let all: [ExpressionFunction] = [
        .append, .coalesce, .iif, .ignoreFlowIfNullOrEmpty, .isNull, .isNullOrEmpty, .isPresent,
        .join, .left, .mid, .not, .stripSpaces, .switch, .toLower, .toUpper,
    ]

    package static func named(_ name: String) -> ExpressionFunction? {
        all.first { $0.name == name }
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
        let needed = parameters.filter { $0.presence == .required }
        let lowest = group > 0 ? parameters.count : needed.count
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
}

extension ExpressionFunction: Hashable {
    package static func == (left: Self, right: Self) -> Bool { left.name == right.name }

    package func hash(into hasher: inout Hasher) { hasher.combine(name) }
}
