import SimCore

/// The definition of one attribute with its characteristics. RFC 7643 §2.2, §7.
package struct SCIMAttribute: Hashable, Sendable {
    /// Data types. RFC 7643 §2.3.
    package enum Kind: String, CaseIterable, Sendable {
        case string, boolean, decimal, integer, dateTime, reference, complex, binary
    }

    package enum Mutability: String, CaseIterable, Sendable {
        case readOnly, readWrite, immutable, writeOnly
    }

    package enum Returned: String, CaseIterable, Sendable {
        case always, never, `default`, request
    }

    package enum Uniqueness: String, CaseIterable, Sendable {
        case none, server, global
    }

    package let name: String
    package let kind: Kind
    package let summary: String
    package var isMultiValued = false
    package var isRequired = false
    package var isCaseExact = false
    package var mutability = Mutability.readWrite
    package var returned = Returned.default
    package var uniqueness = Uniqueness.none
    package var canonicalValues: [String] = []
    package var referenceTypes: [String] = []
    package var subAttributes: [SCIMAttribute] = []

    package init(_ name: String, _ kind: Kind = .string, _ summary: String) {
        self.name = name
        self.kind = kind
        self.summary = summary
    }

    /// A copy with some characteristics changed: definitions read as a list of exceptions.
    package func with(_ change: (inout Self) -> Void) -> Self {
        var copy = self
        change(&copy)
        return copy
    }

    package func subAttribute(_ name: String) -> SCIMAttribute? {
        subAttributes.first { SCIMName.isSame($0.name, name) }
    }

    /// The sub-attribute a complex attribute is compared and written by when none is named.
    package var valueAttribute: SCIMAttribute? { subAttribute("value") }

    /// The definition as `/Schemas` shows it. RFC 7643 §7.
    package var json: JSONValue {
        var object: JSONObject = [
            "name": .string(name), "type": .string(kind.rawValue),
            "multiValued": .bool(isMultiValued), "description": .string(summary),
            "required": .bool(isRequired),
        ]
        if !canonicalValues.isEmpty {
            object.append("canonicalValues", JSONValue(strings: canonicalValues))
        }
        object.append("caseExact", .bool(isCaseExact))
        object.append("mutability", .string(mutability.rawValue))
        object.append("returned", .string(returned.rawValue))
        object.append("uniqueness", .string(uniqueness.rawValue))
        if !referenceTypes.isEmpty {
            object.append("referenceTypes", JSONValue(strings: referenceTypes))
        }
        if !subAttributes.isEmpty {
            object.append("subAttributes", .array(subAttributes.map(\.json)))
        }
        return .object(object)
    }
}

/// A named list of attributes. RFC 7643 §7.
package struct SCIMSchema: Hashable, Sendable {
    package let id: String
    package let name: String
    package let summary: String
    package let attributes: [SCIMAttribute]

    package init(id: String, name: String, summary: String, attributes: [SCIMAttribute]) {
        self.id = id
        self.name = name
        self.summary = summary
        self.attributes = attributes
    }

    package func attribute(_ name: String) -> SCIMAttribute? {
        attributes.first { SCIMName.isSame($0.name, name) }
    }

    /// The schema's resource under `/Schemas`. `baseURL` ends without a slash.
    package func json(baseURL: String) -> JSONValue {
        [
            "schemas": [.string(SCIMURN.schema)], "id": .string(id), "name": .string(name),
            "description": .string(summary), "attributes": .array(attributes.map(\.json)),
            "meta": [
                "resourceType": "Schema", "location": .string("\(baseURL)/Schemas/\(id)"),
            ],
        ]
    }
}
