import SimCore

/// One page of a query's answer. RFC 7644 §3.4.2.
package struct ListResponse: Hashable, Sendable {
    /// Matching resources in all pages.
    package var totalResults: Int
    /// 1-based index of the first resource of this page.
    package var startIndex: Int
    package var resources: [JSONValue]

    package init(totalResults: Int, startIndex: Int = 1, resources: [JSONValue]) {
        self.totalResults = totalResults
        self.startIndex = startIndex
        self.resources = resources
    }

    /// A list without pages: discovery.
    package init(_ resources: [JSONValue]) {
        self.init(totalResults: resources.count, resources: resources)
    }

    /// Reads a received message; nil when it is not a list response. `totalResults` may be
    /// missing, member names may have any case, `Resources` may be missing when empty.
    package init?(_ json: JSONValue) {
        guard let object = json.objectValue,
            let schemas = object.scim("schemas")?.arrayValue,
            schemas.contains(where: {
                SCIMName.isSame($0.stringValue ?? "", SCIMURN.listResponse)
            })
        else { return nil }
        let total = object.scim("totalResults")
        let list = object.scim("Resources")
        switch list {
        case .array(let values): resources = values
        case nil, .null: resources = []
        case .bool, .int, .double, .number, .string, .object: return nil
        }
        guard total == nil || total?.intValue != nil else { return nil }
        totalResults = Int(clamping: total?.intValue ?? Int64(resources.count))
        startIndex = Int(clamping: object.scim("startIndex")?.intValue ?? 1)
    }

    package var json: JSONValue {
        [
            "schemas": [.string(SCIMURN.listResponse)],
            "totalResults": .int(Int64(totalResults)), "startIndex": .int(Int64(startIndex)),
            "itemsPerPage": .int(Int64(resources.count)), "Resources": .array(resources),
        ]
    }
}

extension JSONObject {
    /// A look-up that ignores ASCII case and allocates nothing; the last member wins.
    package func scim(_ name: String) -> JSONValue? {
        members.last { SCIMName.isSame($0.name, name) }?.value
    }

    /// The member's name as it is written in the object; nil when absent.
    func writtenName(of name: String) -> String? {
        members.last { SCIMName.isSame($0.name, name) }?.name
    }

    /// Replaces, appends or (nil) removes, whatever the case the name was written in.
    package mutating func setSCIM(_ name: String, _ value: JSONValue?) {
        self[writtenName(of: name) ?? name] = value
    }
}
