import SimCore

// A scoping filter from the schema's `scope`. mapping-expressions.md §8.1.
extension ScopingFilter {
    private static let keys = ["groups", "inputFilterGroups", "categoryFilterGroups"]

    /// Attributes that cannot be filtered by.
    private static let unsupported: Set<String> = [
        "appRoleAssignments", "userType", "manager", "members", "StatusHireDate", "startDate",
        "endDate", "StatusTerminationDate", "accountExpires", "employeeHireDate",
        "employeeLeaveDateTime", "proxyAddresses", "otherMails",
    ]

    /// - Parameter checksAttributes: refuses attributes the service cannot filter by.
    package init(
        json: JSONValue, path: String, checksAttributes: Bool = true
    ) throws(SchemaError) {
        guard let object = json.objectValue else {
            throw .unexpectedValue(path: path, expected: "an object with groups")
        }
        for name in object.names where !Self.keys.contains(name) && !name.contains(text: "@odata") {
            throw .unknownKey(path: path, key: name, nearest: NearestName.of(name, in: Self.keys))
        }
        func groups(_ key: String) throws(SchemaError) -> [Group] {
            let items = object[key] ?? .null
            guard !items.isNull else { return [] }
            guard let items = items.arrayValue else {
                throw .unexpectedValue(path: "\(path).\(key)", expected: "a list of groups")
            }
            var groups: [Group] = []
            for (index, item) in items.enumerated() {
                groups.append(
                    try Group(
                        json: item, path: "\(path).\(key)[\(index)]",
                        checksAttributes: checksAttributes))
            }
            return groups
        }
        self.init(
            groups: try groups("groups"), inputGroups: try groups("inputFilterGroups"),
            categoryGroups: try groups("categoryFilterGroups"))
    }

    fileprivate static func check(_ attribute: String, path: String) throws(SchemaError) {
        guard unsupported.contains(attribute) else { return }
        throw .scopingClause(
            path: path, reason: "'\(attribute)' is not supported as a scoping attribute")
    }
}

extension ScopingFilter.Group {
    fileprivate init(
        json: JSONValue, path: String, checksAttributes: Bool
    ) throws(SchemaError) {
        guard let items = json["clauses"]?.arrayValue else {
            throw .unexpectedValue(path: path + ".clauses", expected: "a list of clauses")
        }
        var clauses: [ScopingFilter.Clause] = []
        for (index, item) in items.enumerated() {
            clauses.append(
                try ScopingFilter.Clause(
                    json: item, path: "\(path).clauses[\(index)]",
                    checksAttributes: checksAttributes))
        }
        self.init(name: json["name"]?.stringValue ?? "", clauses: clauses)
    }
}

extension ScopingFilter.Clause {
    fileprivate init(
        json: JSONValue, path: String, checksAttributes: Bool
    ) throws(SchemaError) {
        guard let attribute = json["sourceOperandName"]?.stringValue, !attribute.isEmpty else {
            throw .unexpectedValue(path: path + ".sourceOperandName", expected: "an attribute")
        }
        if checksAttributes { try ScopingFilter.check(attribute, path: path) }
        let known = ScopingOperator.allCases.map(\.rawValue)
        guard let text = json["operatorName"]?.stringValue,
            let comparison = ScopingOperator(named: text)
        else {
            throw .unexpectedValue(
                path: path + ".operatorName",
                expected: "one of \(known.joined(separator: ", "))")
        }
        let values = json["targetOperand"]?["values"]?.arrayValue ?? []
        guard comparison.isUnary || !values.isEmpty else {
            throw .unexpectedValue(
                path: path + ".targetOperand.values", expected: "a value to compare with")
        }
        var operands: [ScopingOperand] = []
        for value in comparison.isUnary ? [] : values {
            let text = value.stringValue ?? value.text
            do throws(PatternError) {
                operands.append(
                    try ScopingOperand(
                        text, isPattern: comparison == .regexMatch || comparison == .notRegexMatch))
            } catch {
                throw .scopingClause(path: path, reason: error.explanation)
            }
        }
        self.init(attribute: attribute, comparison: comparison, operands: operands)
    }
}
