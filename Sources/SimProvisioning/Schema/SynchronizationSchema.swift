import SimCore

/// The mappings of a job, as the synchronization schema holds them. mapping-expressions.md §3.
package struct SynchronizationSchema: Hashable, Sendable {
    package var id: String
    package var version: String
    package var rules: [SynchronizationRule]
    package var directories: [DirectoryDefinition]

    package init(
        id: String, version: String, rules: [SynchronizationRule],
        directories: [DirectoryDefinition]
    ) {
        self.id = id
        self.version = version
        self.rules = rules
        self.directories = directories
    }

    /// The object mapping whose source is `User` or `Group`; nil when there is none.
    package func objectMapping(source name: String) -> ObjectMapping? {
        rules.lazy.flatMap(\.objectMappings).first { $0.sourceObjectName == name }
    }

    /// The definition of a target attribute; nil for one nobody described.
    package func targetAttribute(_ name: String, of object: String) -> AttributeDefinition? {
        let target = rules.first?.targetDirectoryName
        return directories.first { $0.name == target }?
            .objects.first { $0.name == object }?
            .attributes.first { $0.name == name }
    }
}

/// Connects one source directory with one target directory.
package struct SynchronizationRule: Hashable, Sendable {
    package var id: GUID
    package var name: String
    package var priority: Int
    package var sourceDirectoryName: String
    package var targetDirectoryName: String
    package var objectMappings: [ObjectMapping]

    package init(
        id: GUID, name: String, priority: Int, sourceDirectoryName: String,
        targetDirectoryName: String, objectMappings: [ObjectMapping]
    ) {
        self.id = id
        self.name = name
        self.priority = priority
        self.sourceDirectoryName = sourceDirectoryName
        self.targetDirectoryName = targetDirectoryName
        self.objectMappings = objectMappings
    }
}

/// What may be done to target objects: the three ticks on the mapping page.
package struct FlowTypes: OptionSet, Hashable, Sendable {
    package let rawValue: Int

    package init(rawValue: Int) {
        self.rawValue = rawValue
    }

    package static let add = FlowTypes(rawValue: 1)
    package static let update = FlowTypes(rawValue: 2)
    package static let delete = FlowTypes(rawValue: 4)
    package static let all: FlowTypes = [.add, .update, .delete]

    private static let names: [(FlowTypes, String)] = [
        (.add, "Add"), (.update, "Update"), (.delete, "Delete"),
    ]

    /// `Add, Update, Delete`
    package var text: String {
        Self.names.filter { contains($0.0) }.map(\.1).joined(separator: ", ")
    }

    /// nil for a name that is none of the three.
    package init?(text: String) {
        var value = FlowTypes()
        for piece in text.split(separator: ",") {
            let name = piece.drop { $0 == " " }
            guard let known = Self.names.first(where: { $0.1 == name }) else { return nil }
            value.insert(known.0)
        }
        self = value
    }
}

/// How one kind of object becomes another: `User` to a SCIM user.
package struct ObjectMapping: Hashable, Sendable {
    package var name: String
    package var isEnabled: Bool
    package var flowTypes: FlowTypes
    package var sourceObjectName: String
    package var targetObjectName: String
    package var attributeMappings: [AttributeMapping]
    /// The scoping filter as written; nil when everything passes.
    package var scope: JSONValue?

    package init(
        name: String, isEnabled: Bool = true, flowTypes: FlowTypes = .all, sourceObjectName: String,
        targetObjectName: String, attributeMappings: [AttributeMapping], scope: JSONValue? = nil
    ) {
        self.name = name
        self.isEnabled = isEnabled
        self.flowTypes = flowTypes
        self.sourceObjectName = sourceObjectName
        self.targetObjectName = targetObjectName
        self.attributeMappings = attributeMappings
        self.scope = scope
    }
}

/// One row of the mapping page.
package struct AttributeMapping: Hashable, Sendable {
    /// The portal's mapping types.
    package enum Source: Hashable, Sendable {
        /// Direct.
        case attribute(String)
        case constant(String)
        /// Expression.
        case function(MappingExpression)
        /// None: only the default value, while the target is empty.
        case none
    }

    package enum FlowType: String, CaseIterable, Sendable {
        case always = "Always"
        case objectAddOnly = "ObjectAddOnly"
        case multiValueAddOnly = "MultiValueAddOnly"
        case valueAddOnly = "ValueAddOnly"
        case attributeAddOnly = "AttributeAddOnly"

        /// Whether what was told is taken back too. mapping-expressions.md §3.2.
        var flowsRemovals: Bool {
            switch self {
            case .always: true
            case .objectAddOnly, .multiValueAddOnly, .valueAddOnly, .attributeAddOnly: false
            }
        }
    }

    package enum FlowBehavior: String, CaseIterable, Sendable {
        case flowWhenChanged = "FlowWhenChanged"
        case flowAlways = "FlowAlways"
    }

    package var target: String
    package var source: Source
    /// 0 is no matching attribute; positive ones are tried lowest first.
    package var matchingPriority: Int
    package var defaultValue: String?
    package var flowType: FlowType
    package var flowBehavior: FlowBehavior

    package init(
        target: String, source: Source, matchingPriority: Int = 0, defaultValue: String? = nil,
        flowType: FlowType = .always, flowBehavior: FlowBehavior = .flowWhenChanged
    ) {
        self.target = target
        self.source = source
        self.matchingPriority = matchingPriority
        self.defaultValue = defaultValue
        self.flowType = flowType
        self.flowBehavior = flowBehavior
    }
}

/// One side of a schema with its objects.
package struct DirectoryDefinition: Hashable, Sendable {
    package var id: GUID
    package var name: String
    package var isReadOnly: Bool
    package var objects: [ObjectDefinition]

    package init(id: GUID, name: String, isReadOnly: Bool, objects: [ObjectDefinition]) {
        self.id = id
        self.name = name
        self.isReadOnly = isReadOnly
        self.objects = objects
    }
}

package struct ObjectDefinition: Hashable, Sendable {
    package var name: String
    /// Key and value pairs in the order written.
    package var metadata: [FormFields.Field]
    package var attributes: [AttributeDefinition]

    package init(name: String, metadata: [FormFields.Field], attributes: [AttributeDefinition]) {
        self.name = name
        self.metadata = metadata
        self.attributes = attributes
    }
}

package struct AttributeDefinition: Hashable, Sendable {
    package enum Kind: String, CaseIterable, Sendable {
        case string = "String"
        case integer = "Integer"
        case reference = "Reference"
        case binary = "Binary"
        case boolean = "Boolean"
        case dateTime = "DateTime"
    }

    package var name: String
    package var kind: Kind
    package var isMultivalued: Bool
    package var isRequired: Bool
    package var isAnchor: Bool
    /// false: a value that differs only by case is not sent.
    package var isCaseExact: Bool
    package var defaultValue: String?
    /// Names of the objects a reference may point to, each by `objectId` or `id`.
    package var referencedObjects: [String]

    package init(
        _ name: String, _ kind: Kind = .string, isMultivalued: Bool = false,
        isRequired: Bool = false, isAnchor: Bool = false, isCaseExact: Bool = false,
        defaultValue: String? = nil, referencedObjects: [String] = []
    ) {
        self.name = name
        self.kind = kind
        self.isMultivalued = isMultivalued
        self.isRequired = isRequired
        self.isAnchor = isAnchor
        self.isCaseExact = isCaseExact
        self.defaultValue = defaultValue
        self.referencedObjects = referencedObjects
    }
}
