import SimCore

/// An object mapping made ready for many objects: paths parsed, types looked up, rows sorted.
/// A class, so that handing it to each task costs one reference.
final class CompiledMapping: Sendable {
    let kind: ObjectKey.Kind
    let targetObjectName: String
    let flowTypes: FlowTypes
    /// Rows without the reference ones, in mapping order.
    let attributes: [CompiledAttribute]
    /// Indexes into `attributes`, lowest matching priority first.
    let matching: [Int]
    /// `manager` for users, `members` for groups; nil when not mapped.
    let reference: CompiledAttribute?
    /// Source attributes an import step shows, sorted.
    let shownSources: [ShownSource]
    /// How the body of a create is written.
    let shape: ResourceShape
    /// What of the answer to a create is looked at.
    let observed: [String]
    /// Whom the mapping is for beside the assignment; nil when everybody.
    let filter: ScopingFilter?

    init(
        kind: ObjectKey.Kind, targetObjectName: String, flowTypes: FlowTypes,
        attributes: [CompiledAttribute], matching: [Int], reference: CompiledAttribute?,
        shownSources: [ShownSource], filter: ScopingFilter?
    ) {
        self.kind = kind
        self.targetObjectName = targetObjectName
        self.flowTypes = flowTypes
        self.attributes = attributes
        self.matching = matching
        self.reference = reference
        self.shownSources = shownSources
        self.filter = filter
        shape = ResourceShape(attributes.map(\.path), kind)
        observed =
            ["id", "Resources", "displayName", "userName"]
            + [reference.map { $0.path.extensionURN ?? $0.path.attribute }].compactMap(\.self)
    }

    /// Whether any row turns `IsSoftDeleted` into a value the target is told.
    var canDisable: Bool { attributes.contains(where: \.readsSoftDeleted) }
}

/// A source attribute as an import step shows it.
struct ShownSource: Sendable {
    let name: String
    let field: SourceField
    /// Only redacted rows read it.
    let isRedacted: Bool
}

/// One row of a compiled mapping. A class, as planned values refer to their rows.
final class CompiledAttribute: Sendable {
    private enum Rule: Sendable {
        case field(SourceField)
        case constant(ExpressionValue)
        case function(MappingExpression)
    }

    /// Its number in the mapping.
    let index: Int
    let path: TargetPath
    let kind: AttributeDefinition.Kind
    let isCaseExact: Bool
    let isRequired: Bool
    let definitionDefault: String?
    let mapping: AttributeMapping
    let readsSoftDeleted: Bool
    /// The log must not show its value.
    let isRedacted: Bool
    private let rule: Rule

    init(
        index: Int, path: TargetPath, kind: AttributeDefinition.Kind, isCaseExact: Bool,
        isRequired: Bool,
        definitionDefault: String?, mapping: AttributeMapping, readsSoftDeleted: Bool,
        isRedacted: Bool
    ) {
        self.index = index
        self.path = path
        self.kind = kind
        self.isCaseExact = isCaseExact
        self.isRequired = isRequired
        self.definitionDefault = definitionDefault
        self.mapping = mapping
        self.readsSoftDeleted = readsSoftDeleted
        self.isRedacted = isRedacted
        rule =
            switch mapping.source {
            case .attribute(let name): .field(.named(name))
            case .constant(let text): .constant(.string(text))
            case .function(let expression): .function(expression)
            case .none: .constant(.null)
            }
    }

    /// The value for one object.
    func value(for source: SourceObject) throws(ExpressionEvaluationError) -> ExpressionValue {
        switch rule {
        case .field(let field): source.value(of: field)
        case .constant(let value): value
        case .function(let expression): try expression.evaluated(for: source)
        }
    }

    /// A text as the target's type wants it in JSON.
    func typed(_ text: String) -> JSONValue {
        switch kind {
        case .boolean:
            switch text.lowercased() {
            case "true": .bool(true)
            case "false": .bool(false)
            default: .string(text)
            }
        case .integer: Int64(text).map { .int($0) } ?? .string(text)
        case .string, .reference, .binary, .dateTime: .string(text)
        }
    }

    /// Whether the target already shows this value.
    func isSame(_ text: String, _ current: String) -> Bool {
        if text == current { return true }
        guard kind == .boolean || !isCaseExact else { return false }
        return text.lowercased() == current.lowercased()
    }
}

extension SynchronizationSchema {
    /// nil when the object mapping is absent or disabled.
    func compiledMapping(_ kind: ObjectKey.Kind) throws(SchemaError) -> CompiledMapping? {
        guard let mapping = objectMapping(source: kind.rawValue), mapping.isEnabled else {
            return nil
        }
        var attributes: [CompiledAttribute] = []
        var reference: CompiledAttribute?
        var seen: Set<String> = []
        for row in mapping.attributeMappings {
            guard seen.insert(row.target).inserted else { throw .duplicateTarget(row.target) }
            let compiled = try compile(row, attributes.count, of: mapping)
            if case .attribute(kind == .user ? "manager" : "members") = row.source {
                reference = compiled
            } else {
                attributes.append(compiled)
            }
        }
        let matching = attributes.indices
            .filter { attributes[$0].mapping.matchingPriority > 0 }
            .sorted {
                attributes[$0].mapping.matchingPriority < attributes[$1].mapping.matchingPriority
            }
        var names: Set<String> = []
        for row in mapping.attributeMappings { names.formUnion(row.sourceAttributes) }
        var shown: Set<String> = []
        for row in mapping.attributeMappings where !row.isRedacted {
            shown.formUnion(row.sourceAttributes)
        }
        names.subtract(["objectId", "IsSoftDeleted", "appRoleAssignments", "members", "manager"])
        let redacted = names.subtracting(shown)
        var sources = names.sorted()
        if kind == .user, !names.contains("accountEnabled") {
            sources.insert("accountEnabled", at: 0)
        }
        return CompiledMapping(
            kind: kind, targetObjectName: mapping.targetObjectName, flowTypes: mapping.flowTypes,
            attributes: attributes, matching: matching, reference: reference,
            shownSources: sources.map {
                ShownSource(name: $0, field: .named($0), isRedacted: redacted.contains($0))
            },
            filter: try mapping.scope.map { json throws(SchemaError) in
                try ScopingFilter(json: json, path: "scope")
            })
    }

    private func compile(
        _ row: AttributeMapping, _ index: Int, of mapping: ObjectMapping
    ) throws(SchemaError) -> CompiledAttribute {
        let names = row.sourceAttributes
        for name in names { try checkSource(name, of: mapping.sourceObjectName) }
        if case .function(.call(.selectUniqueValue, _)) = row.source {
            throw .functionNotForApps("SelectUniqueValue", target: row.target)
        }
        if row.matchingPriority > 0, names.count > 1 { throw .joiningProperty(row.target) }
        let path: TargetPath
        do {
            path = try TargetPath(parsing: row.target)
        } catch {
            throw .target(path: row.target, reason: error.explanation)
        }
        guard row.target != "id" else {
            throw .target(path: row.target, reason: "the id of the target cannot be mapped")
        }
        let definition = targetAttribute(row.target, of: mapping.targetObjectName)
        return CompiledAttribute(
            index: index, path: path, kind: definition?.kind ?? .string,
            isCaseExact: definition?.isCaseExact ?? false,
            isRequired: definition?.isRequired ?? false,
            definitionDefault: definition?.defaultValue, mapping: row,
            readsSoftDeleted: names.contains("IsSoftDeleted"), isRedacted: row.isRedacted)
    }

    /// Source names that are no part of the published definition but that directories hold.
    private static let furtherSources: Set<String> = [
        "employeeHireDate", "employeeLeaveDateTime", "employeeType", "employeeOrgData.costCenter",
        "employeeOrgData.division", "immutableId", "usageLocation", "otherMails",
        "showInAddressList", "sipProxyAddress", "ageGroup", "consentProvidedForMinor",
        "onPremisesDistinguishedName", "onPremisesDomainName", "dnsDomainName", "netBiosName",
        "onPremisesUserPrincipalName",
    ]

    /// The first attribute an expression reads that users do not have, with the nearest one they
    /// have.
    package static func unknownSource(
        of expression: MappingExpression
    ) -> (name: String, nearest: String?)? {
        let schema = customApp(jobID: "", version: Timestamp(seconds: 0))
        for name in expression.attributeNames {
            do throws(SchemaError) {
                try schema.checkSource(name, of: "User")
            } catch {
                if case .unknownSourceAttribute(_, let nearest) = error { return (name, nearest) }
            }
        }
        return nil
    }

    private func checkSource(_ name: String, of object: String) throws(SchemaError) {
        guard !name.hasPrefix("extension_"), !Self.furtherSources.contains(name) else { return }
        let source = rules.first?.sourceDirectoryName
        let known =
            directories.first { $0.name == source }?.objects.first { $0.name == object }?
            .attributes.map(\.name) ?? []
        guard known.contains(name) else {
            throw .unknownSourceAttribute(name, nearest: NearestName.of(name, in: known))
        }
    }
}

extension AttributeMapping {
    /// Whether the log must not show the row's value.
    var isRedacted: Bool {
        switch source {
        case .function(let expression): expression.isRedacted
        case .attribute, .constant, .none: false
        }
    }

    /// Names of the source attributes the row reads.
    var sourceAttributes: [String] {
        switch source {
        case .attribute(let name): [name]
        case .function(let expression): expression.attributeNames
        case .constant, .none: []
        }
    }
}
