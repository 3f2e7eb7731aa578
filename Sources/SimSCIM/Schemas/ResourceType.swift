import SimCore

/// A kind of resource: its endpoint, its schema and the extensions it may carry. RFC 7643 §6.
package struct ResourceType: Hashable, Sendable {
    package let name: String
    /// The path below the base URL, with its leading slash.
    package let endpoint: String
    package let schema: SCIMSchema
    package let extensions: [SCIMSchema]

    package static let user = ResourceType(
        name: "User", endpoint: "/Users", schema: .user, extensions: [.enterpriseUser])
    package static let group = ResourceType(
        name: "Group", endpoint: "/Groups", schema: .group, extensions: [])

    /// The attributes every resource has. RFC 7643 §3.1.
    static let common: [SCIMAttribute] = [
        SCIMAttribute("id", "Identifier given by the service").with {
            $0.mutability = .readOnly
            $0.returned = .always
            $0.isCaseExact = true
            $0.uniqueness = .server
        },
        SCIMAttribute("schemas", .reference, "Schemas of the resource").with {
            $0.isMultiValued = true
            $0.mutability = .readOnly
            $0.returned = .always
            $0.isCaseExact = true
        },
        SCIMAttribute("meta", .complex, "What the service knows of the resource").with {
            $0.mutability = .readOnly
            $0.subAttributes = [
                SCIMAttribute("resourceType", "Kind of resource"),
                SCIMAttribute("created", .dateTime, "When it was created"),
                SCIMAttribute("lastModified", .dateTime, "When it last changed"),
                SCIMAttribute("location", .reference, "Its address"),
                SCIMAttribute("version", "Its version"),
            ]
        },
    ]

    /// Where an attribute lives in a resource's JSON and what it is.
    package struct Location: Hashable, Sendable {
        /// The extension URN that holds it; nil at the top level.
        package var container: String?
        /// The name as the schema writes it; as the client wrote it when the schema is unknown.
        package var name: String
        /// nil for an attribute of an extension this service does not know: kept as sent.
        package var definition: SCIMAttribute?
    }

    /// Finds an attribute by schema URN and name, both without case. A name without URN is looked
    /// for in the core schema, then in the extensions, as Entra's older `manager` path needs.
    ///
    /// - Returns: nil when a known schema has no such attribute.
    package func locate(schema urn: String?, _ name: String) -> Location? {
        guard let urn, !SCIMName.isSame(urn, schema.id) else {
            if let definition = coreAttribute(name) {
                return Location(container: nil, name: definition.name, definition: definition)
            }
            guard urn == nil else { return nil }
            return extensions.lazy.compactMap { Self.locate(name, in: $0) }.first
        }
        if let known = extensions.first(where: { SCIMName.isSame($0.id, urn) }) {
            return Self.locate(name, in: known)
        }
        return Location(container: urn, name: name, definition: nil)
    }

    private func coreAttribute(_ name: String) -> SCIMAttribute? {
        schema.attribute(name) ?? Self.common.first { SCIMName.isSame($0.name, name) }
    }

    private static func locate(_ name: String, in schema: SCIMSchema) -> Location? {
        schema.attribute(name).map {
            Location(container: schema.id, name: $0.name, definition: $0)
        }
    }

    /// The resource under `/ResourceTypes`. `baseURL` ends without a slash.
    package func json(baseURL: String) -> JSONValue {
        [
            "schemas": [.string(SCIMURN.resourceType)], "id": .string(name),
            "name": .string(name), "endpoint": .string(endpoint),
            "description": .string(schema.summary), "schema": .string(schema.id),
            "schemaExtensions": .array(
                extensions.map { ["schema": .string($0.id), "required": false] }),
            "meta": [
                "resourceType": "ResourceType",
                "location": .string("\(baseURL)/ResourceTypes/\(name)"),
            ],
        ]
    }
}
