import Testing

/// A rule over one file, with the texts that prove it can fail.
struct SourceRule: Sendable, CustomTestStringConvertible {
    /// Everything the rule may look at besides the file.
    struct Surroundings: Sendable {
        /// Case names of each enumeration declared in the package.
        let enumerations: [Set<String>]

        init(_ files: [SourceFile]) {
            enumerations = files.flatMap { EnumCases.declared(in: $0) }
        }
    }

    let name: String
    /// Each must be flagged.
    let counterexamples: [SourceFile]
    /// Each must pass: what the rule must not confuse with a breach.
    let accepted: [SourceFile]
    let findings: @Sendable (SourceFile, Surroundings) -> [Finding]

    init(
        _ name: String, flags counterexamples: [String: String], accepts accepted: [String: String],
        _ findings: @escaping @Sendable (SourceFile, Surroundings) -> [Finding]
    ) {
        self.name = name
        self.counterexamples = counterexamples.map { SourceFile(path: $0, text: $1) }
        self.accepted = accepted.map { SourceFile(path: $0, text: $1) }
        self.findings = findings
    }

    var testDescription: String { name }
}

extension SourceRule {
    static let all: [SourceRule] =
        importRules + machineRules + closedChoiceRules + safetyRules + wordingRules + sizeRules
        + testRules
}
