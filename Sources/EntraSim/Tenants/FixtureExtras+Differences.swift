import SimFaults

extension FixtureExtras {
    /// What differs from the fixture as it was, an object a line.
    func differences(from old: FixtureExtras) -> [String] {
        Self.differences(of: rules, from: old.rules)
            + Self.differences(of: issuers, from: old.issuers)
    }

    private static func differences(of new: [FaultRule], from old: [FaultRule]) -> [String] {
        let (came, went) = (new.without(old), old.without(new))
        let names = (came: Set(came.compactMap(\.name)), went: Set(went.compactMap(\.name)))
        let lines =
            went.filter { $0.name.map { !names.came.contains($0) } ?? true }
            .map { "fault rule \(label($0, in: old)) deleted" }
            + came.map { rule in
                let isEdited = rule.name.map(names.went.contains) ?? false
                return "\(isEdited ? "" : "new ")fault rule \(label(rule, in: new))"
            }
        return lines.isEmpty && new != old ? ["order of the fault rules"] : lines
    }

    /// A rule's name, or its place in the file, from 1.
    private static func label(_ rule: FaultRule, in rules: [FaultRule]) -> String {
        if let name = rule.name { return "\"\(name)\"" }
        return rules.lastIndex(of: rule).map { String($0 + 1) } ?? ""
    }

    private static func differences(
        of new: [TrustedIssuer], from old: [TrustedIssuer]
    ) -> [String] {
        let names = Set(new.map(\.name))
        return old.filter { !names.contains($0.name) }.map { "issuer \"\($0.name)\" deleted" }
            + new.compactMap { issuer in
                guard let before = old.first(where: { $0.name == issuer.name }) else {
                    return "new issuer \"\(issuer.name)\""
                }
                return before == issuer ? nil : "issuer \"\(issuer.name)\" (keys)"
            }
    }
}
