import SimCore

/// Which objects a mapping is for, by their attributes. mapping-expressions.md §8.
///
/// Clauses of a group must all hold, one group of a set is enough, an empty set lets everything
/// pass.
package struct ScopingFilter: Sendable {
    package struct Clause: Sendable {
        package let attribute: String
        package let comparison: ScopingOperator
        package let operands: [ScopingOperand]

        /// `department EQUALS "Sales"`
        package var description: String {
            let values = operands.map { MappingExpression.quoted($0.text) }
            return ([attribute, comparison.rawValue] + values).joined(separator: " ")
        }
    }

    package struct Group: Sendable {
        package let name: String
        package let clauses: [Clause]
    }

    /// Leaving these deprovisions.
    package let groups: [Group]
    /// Applied while reading (experimental): leaving these only ends the processing.
    package let inputGroups: [Group]
    /// Whether the object belongs to the mapping (experimental).
    package let categoryGroups: [Group]

    /// What a filter says about one object.
    package func verdict(on source: some AttributeSource) -> ScopingVerdict {
        ScopingVerdict(
            groups: groups.map { $0.verdict(on: source) },
            isRead: Self.passes(inputGroups, source) && Self.passes(categoryGroups, source))
    }

    private static func passes(_ groups: [Group], _ source: some AttributeSource) -> Bool {
        groups.isEmpty || groups.contains { $0.verdict(on: source).passes }
    }
}

extension ScopingFilter.Group {
    func verdict(on source: some AttributeSource) -> ScopingVerdict.Group {
        ScopingVerdict.Group(
            name: name,
            clauses: clauses.map { clause in
                let value = source.value(of: clause.attribute)
                return ScopingVerdict.Clause(
                    text: clause.description, value: value,
                    holds: clause.comparison.holds(value, clause.operands),
                    isAmbiguous: clause.operands.contains { operand in
                        value.text.map(operand.isAmbiguous) ?? false
                    })
            })
    }
}

/// Why an object is in or out of a filter's scope.
package struct ScopingVerdict: Hashable, Sendable {
    package struct Clause: Hashable, Sendable {
        package let text: String
        package let value: ExpressionValue
        package let holds: Bool
        /// The pattern gives another answer when it must match the whole value.
        package let isAmbiguous: Bool

        /// `department EQUALS "Sales": False, the value is "Marketing"`
        package var reason: String {
            let found =
                value.isNullOrEmpty ? "there is no value" : "the value is \(value.shown)"
            return "\(text): \(holds ? "True" : "False"), \(found)"
        }
    }

    package struct Group: Hashable, Sendable {
        package let name: String
        package let clauses: [Clause]

        package var passes: Bool { clauses.allSatisfy(\.holds) }
    }

    package let groups: [Group]
    /// The input and category groups let the object through; else it is not processed at all.
    package let isRead: Bool

    package var passes: Bool { groups.isEmpty || groups.contains(where: \.passes) }

    /// What the log's `ScopeEvaluationResult` shows: each group with its clauses, `{}` without one.
    package var text: String {
        var object = JSONObject()
        for group in groups {
            var clauses = JSONObject()
            for clause in group.clauses { clauses.append(clause.text, .bool(clause.holds)) }
            object.append(group.name, .object(clauses))
        }
        return JSONValue.object(object).text
    }
}
