import SimCore
import SimDirectory

/// What is wrong with a configured schema, with the path of the offending value.
package enum SchemaError: Error, Hashable, Sendable {
    case unexpectedValue(path: String, expected: String)
    case unknownKey(path: String, key: String, nearest: String?)
    case expression(path: String, ExpressionSyntaxError)
    case target(path: String, reason: String)
    case duplicateTarget(String)
    /// A matching expression may read one attribute only.
    case joiningProperty(String)
    case unknownSourceAttribute(String, nearest: String?)
    /// `SelectUniqueValue` works only towards an on-premises directory.
    case functionNotForApps(String, target: String)
    /// A scoping filter cannot test this attribute, or not with this pattern.
    case scopingClause(path: String, reason: String)

    /// For a person; texts the service itself uses are kept word for word.
    package var explanation: String {
        switch self {
        case .unexpectedValue(let path, let expected): "\(path): expected \(expected)"
        case .unknownKey(let path, let key, let nearest):
            "\(path): unknown key '\(key)'" + Self.hint(nearest)
        case .expression(let path, let error): "\(path): \(error.explanation)"
        case .target(let path, let reason): "\(path): \(reason)"
        case .duplicateTarget(let name): "the target attribute '\(name)' is mapped twice"
        case .joiningProperty(let name):
            "Joining property \(name) has more than one SourceName"
        case .unknownSourceAttribute(let name, let nearest):
            "unknown source attribute '\(name)'" + Self.hint(nearest)
        case .functionNotForApps(let function, let target):
            "\(function) cannot fill '\(target)': it is not available for apps"
        case .scopingClause(let path, let reason): "\(path): \(reason)"
        }
    }

    private static func hint(_ nearest: String?) -> String {
        nearest.map { ", did you mean '\($0)'" } ?? ""
    }
}

extension SynchronizationSchema {
    /// Replaces the object mappings that `value` describes; the others stay as they are.
    ///
    /// Accepts a whole schema (`synchronizationRules`), `{"objectMappings": […]}` or the list.
    ///
    /// - Parameter settings: decide which expression functions are known.
    package mutating func replaceMappings(
        with value: JSONValue, settings: ExpressionSettings = .standard
    ) throws(SchemaError) {
        for (path, json) in try Self.objectMappings(in: value) {
            let mapping = try ObjectMapping(json: json, path: path, settings)
            for rule in rules.indices {
                if let index = rules[rule].objectMappings.firstIndex(where: {
                    $0.sourceObjectName == mapping.sourceObjectName
                }) {
                    rules[rule].objectMappings[index] = mapping
                }
            }
        }
    }

    private static func objectMappings(
        in value: JSONValue
    ) throws(SchemaError) -> [(String, JSONValue)] {
        if let rules = value["synchronizationRules"]?.arrayValue {
            var found: [(String, JSONValue)] = []
            for (index, rule) in rules.enumerated() {
                for (inner, mapping) in (rule["objectMappings"]?.arrayValue ?? []).enumerated() {
                    found.append(
                        ("synchronizationRules[\(index)].objectMappings[\(inner)]", mapping))
                }
            }
            return found
        }
        guard let list = value["objectMappings"]?.arrayValue ?? value.arrayValue else {
            throw .unexpectedValue(path: "schema", expected: "objectMappings")
        }
        return list.enumerated().map { ("objectMappings[\($0.offset)]", $0.element) }
    }
}

extension ObjectMapping {
    private static let keys = [
        "name", "enabled", "flowTypes", "sourceObjectName", "targetObjectName",
        "attributeMappings", "scope", "metadata",
    ]

    init(
        json: JSONValue, path: String, _ settings: ExpressionSettings
    ) throws(SchemaError) {
        guard let object = json.objectValue else {
            throw .unexpectedValue(path: path, expected: "an object")
        }
        try SchemaReader.check(object, keys: Self.keys, path: path)
        guard let source = object["sourceObjectName"]?.stringValue,
            let kind = ObjectKey.Kind(rawValue: source)
        else {
            throw .unexpectedValue(path: path + ".sourceObjectName", expected: "User or Group")
        }
        let flowText = object["flowTypes"]?.stringValue ?? FlowTypes.all.text
        guard let flowTypes = FlowTypes(text: flowText) else {
            throw .unexpectedValue(path: path + ".flowTypes", expected: "Add, Update, Delete")
        }
        guard let rows = object["attributeMappings"]?.arrayValue else {
            throw .unexpectedValue(path: path + ".attributeMappings", expected: "a list")
        }
        var mappings: [AttributeMapping] = []
        for (index, row) in rows.enumerated() {
            mappings.append(
                try AttributeMapping(
                    json: row, path: "\(path).attributeMappings[\(index)]", settings))
        }
        let scope = object["scope"].flatMap { $0.isNull ? Optional<JSONValue>.none : $0 }
        if let scope { _ = try ScopingFilter(json: scope, path: path + ".scope") }
        let standard =
            kind == .user
            ? SynchronizationSchema.defaultUserMapping : SynchronizationSchema.defaultGroupMapping
        self.init(
            name: object["name"]?.stringValue ?? standard.name,
            isEnabled: object["enabled"]?.boolValue ?? true, flowTypes: flowTypes,
            sourceObjectName: source,
            targetObjectName: object["targetObjectName"]?.stringValue ?? standard.targetObjectName,
            attributeMappings: mappings,
            scope: scope)
    }
}

extension AttributeMapping {
    private static let keys = [
        "targetAttributeName", "source", "matchingPriority", "defaultValue", "flowType",
        "flowBehavior", "exportMissingReferences",
    ]

    init(
        json: JSONValue, path: String, _ settings: ExpressionSettings
    ) throws(SchemaError) {
        guard let object = json.objectValue else {
            throw .unexpectedValue(path: path, expected: "an object")
        }
        try SchemaReader.check(object, keys: Self.keys, path: path)
        guard let target = object["targetAttributeName"]?.stringValue else {
            throw .unexpectedValue(path: path + ".targetAttributeName", expected: "a name")
        }
        let flowType = try SchemaReader.choice(FlowType.always, object, "flowType", path)
        let behavior = try SchemaReader.choice(
            FlowBehavior.flowWhenChanged, object, "flowBehavior", path)
        let priority = object["matchingPriority"]?.intValue ?? 0
        guard (0...1_000).contains(priority) else {
            throw .unexpectedValue(path: path + ".matchingPriority", expected: "0 or more")
        }
        self.init(
            target: target,
            source: try Self.source(object["source"] ?? .null, path: path + ".source", settings),
            matchingPriority: Int(priority), defaultValue: object["defaultValue"]?.stringValue,
            flowType: flowType, flowBehavior: behavior)
    }

    /// An attributeMappingSource; a text is the short form of an expression.
    private static func source(
        _ json: JSONValue, path: String, _ settings: ExpressionSettings
    ) throws(SchemaError) -> Source {
        if json.isNull { return .none }
        return source(try MappingExpression(resource: json, path: path, settings: settings))
    }

    private static func source(_ expression: MappingExpression) -> Source {
        switch expression {
        case .attribute(let name): .attribute(name)
        case .text(let text): .constant(text)
        case .integer, .decimal, .word, .call, .comparison: .function(expression)
        }
    }
}

/// Small readers shared by the schema's objects.
private enum SchemaReader {
    static func check(_ object: JSONObject, keys: [String], path: String) throws(SchemaError) {
        for name in object.names where !keys.contains(name) && !name.contains(text: "@odata") {
            throw .unknownKey(path: path, key: name, nearest: NearestName.of(name, in: keys))
        }
    }

    static func choice<Value: RawRepresentable & CaseIterable>(
        _ standard: Value, _ object: JSONObject, _ key: String, _ path: String
    ) throws(SchemaError) -> Value where Value.RawValue == String {
        guard let text = object[key]?.stringValue else { return standard }
        guard let value = Value(rawValue: text) else {
            let known = Value.allCases.map(\.rawValue).joined(separator: ", ")
            throw .unexpectedValue(path: "\(path).\(key)", expected: "one of \(known)")
        }
        return value
    }
}
