import SimCore

// The synchronization schema as Graph shows it. mapping-expressions.md §3, §11.
extension SynchronizationSchema {
    /// Members in the order of the service, without `@odata.context`.
    package var resource: JSONValue {
        [
            "id": .string(id), "version": .string(version),
            "synchronizationRules": .array(rules.map(\.resource)),
            "directories": .array(directories.map(\.resource)),
        ]
    }
}

extension SynchronizationRule {
    fileprivate var resource: JSONValue {
        [
            "id": .string(id.description), "name": .string(name), "editable": true,
            "priority": .int(Int64(priority)),
            "sourceDirectoryName": .string(sourceDirectoryName),
            "targetDirectoryName": .string(targetDirectoryName), "metadata": [],
            "containerFilter": nil, "groupFilter": nil,
            "objectMappings": .array(objectMappings.map(\.resource)),
        ]
    }
}

extension ObjectMapping {
    /// Keys and values every mapping of a custom app carries.
    private static let metadata: JSONValue = [
        ["key": "IsCustomerDefined", "value": "false"],
        ["key": "DisableMonitoringForChanges", "value": "false"],
        ["key": "Disposition", "value": "\"Normal\""],
        ["key": "ExcludeFromReporting", "value": "false"],
        ["key": "EscrowBehavior", "value": "\"Default\""],
        ["key": "Unsynchronized", "value": "false"],
    ]

    fileprivate var resource: JSONValue {
        [
            "name": .string(name), "enabled": .bool(isEnabled),
            "flowTypes": .string(flowTypes.text), "sourceObjectName": .string(sourceObjectName),
            "targetObjectName": .string(targetObjectName), "scope": scope ?? nil,
            "metadata": Self.metadata,
            "attributeMappings": .array(attributeMappings.map(\.resource)),
        ]
    }
}

extension AttributeMapping {
    fileprivate var resource: JSONValue {
        [
            "targetAttributeName": .string(target), "source": sourceResource,
            "matchingPriority": .int(Int64(matchingPriority)),
            "flowType": .string(flowType.rawValue),
            "flowBehavior": .string(flowBehavior.rawValue),
            "defaultValue": defaultValue.map { .string($0) } ?? nil,
            "exportMissingReferences": false,
        ]
    }

    private var sourceResource: JSONValue {
        switch source {
        case .attribute(let name): MappingExpression.attribute(name).resource
        case .constant(let text): MappingExpression.text(text).resource
        case .function(let expression): expression.resource
        case .none: nil
        }
    }
}

extension MappingExpression {
    /// `attributeMappingSource`: the tree beside its text. mapping-expressions.md §3.1.
    package var resource: JSONValue {
        switch self {
        case .attribute(let name): Self.source("Attribute", name, description, [])
        case .text(let text): Self.source("Constant", text, description, [])
        // A number's own text is quoted while the call around it keeps it bare.
        case .integer(let number):
            Self.source("Constant", String(number), Self.quoted(String(number)), [])
        case .decimal(let digits): Self.source("Constant", digits, Self.quoted(digits), [])
        case .word(let word): Self.source("Constant", word.rawValue, word.rawValue, [])
        case .call(let function, let arguments):
            Self.source(
                "Function", function.name, description,
                arguments.enumerated().compactMap { index, argument in
                    argument.map {
                        [
                            "key": .string(function.parameterName(at: index)),
                            "value": $0.resource,
                        ]
                    }
                })
        case .comparison(let left, let comparison, let right):
            Self.source(
                "Function", comparison.rawValue, description,
                [
                    ["key": "left", "value": left.resource],
                    ["key": "right", "value": right.resource],
                ])
        }
    }

    private static func source(
        _ type: String, _ name: String, _ expression: String, _ parameters: [JSONValue]
    ) -> JSONValue {
        [
            "type": .string(type), "name": .string(name), "expression": .string(expression),
            "parameters": .array(parameters),
        ]
    }
}

extension DirectoryDefinition {
    fileprivate var resource: JSONValue {
        [
            "id": .string(id.description), "name": .string(name), "version": nil,
            "readOnly": .bool(isReadOnly),
            "discoverabilities": .string(
                isReadOnly
                    ? ""
                    : "AttributeNames, AttributeDataTypes, AttributeReadOnly, ReferenceAttributes"),
            "discoveryDateTime": nil, "metadata": [],
            "objects": .array(objects.map(\.resource)),
        ]
    }
}

extension ObjectDefinition {
    fileprivate var resource: JSONValue {
        [
            "name": .string(name), "supportedApis": [],
            "metadata": .array(
                metadata.map { ["key": .string($0.name), "value": .string($0.value)] }),
            "attributes": .array(attributes.map(\.resource)),
        ]
    }
}

extension AttributeDefinition {
    fileprivate var resource: JSONValue {
        [
            "name": .string(name), "type": .string(kind.rawValue),
            "multivalued": .bool(isMultivalued), "required": .bool(isRequired),
            "anchor": .bool(isAnchor), "caseExact": .bool(isCaseExact),
            "mutability": "ReadWrite", "defaultValue": defaultValue.map { .string($0) } ?? nil,
            "flowNullValues": false, "metadata": [], "apiExpressions": [],
            "referencedObjects": .array(
                referencedObjects.map {
                    ["referencedObjectName": .string($0), "referencedProperty": nil]
                }),
        ]
    }
}
