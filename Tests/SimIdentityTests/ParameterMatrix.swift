import SimCore
import SimHTTP
import Testing

@testable import SimIdentity

/// What can be wrong with one parameter of a request.
enum ParameterFault: String, CaseIterable, Sendable {
    case missing, empty, twice, malformed, unknown, tooLong, conflicting

    static let long = String(repeating: "a", count: 5_000)
}

/// One cell: a parameter, what is wrong with it, and what comes of it.
struct ParameterCell<Outcome: Sendable>: Sendable, CustomTestStringConvertible {
    let parameter: String
    let fault: ParameterFault
    /// The parameter's values as sent; none when it is left out.
    let values: [String]
    /// What else the request says.
    let others: [String: String?]
    let outcome: Outcome
    var testDescription: String { "\(parameter), \(fault.rawValue)" }

    /// The parameter left out.
    init(
        _ parameter: String, _ fault: ParameterFault, with others: [String: String?] = [:],
        _ outcome: Outcome
    ) {
        self.init(parameter, fault, [], with: others, outcome)
    }

    init(
        _ parameter: String, _ fault: ParameterFault, _ values: [String],
        with others: [String: String?] = [:], _ outcome: Outcome
    ) {
        self.parameter = parameter
        self.fault = fault
        self.values = values
        self.others = others
        self.outcome = outcome
    }

    /// The usual fields with this cell's in their place.
    func fields(_ usual: KeyValuePairs<String, String>) -> FormFields {
        var fields = usual.map { FormFields.Field($0.key, $0.value) }
        for (name, value) in others.sorted(by: { $0.key < $1.key }) {
            fields.removeAll { $0.name == name }
            if let value { fields.append(.init(name, value)) }
        }
        fields.removeAll { $0.name == parameter }
        return FormFields(fields + values.map { .init(parameter, $0) })
    }

    /// Parameters of a table with a cell left open, and the cell.
    static func open(in cells: [ParameterCell], of parameters: [String]) -> [String] {
        parameters.flatMap { parameter in
            ParameterFault.allCases.filter { fault in
                !cells.contains { $0.parameter == parameter && $0.fault == fault }
            }.map { "\(parameter), \($0.rawValue)" }
        }
    }
}
