/// The target of a PATCH operation. RFC 7644 §3.5.2 `PATH`.
///
/// `name.givenName`, `members[value eq "1"]`, `emails[type eq "work"].value`,
/// `urn:…:enterprise:2.0:User:manager`, or a schema URN alone (the whole extension).
package struct SCIMPath: Hashable, Sendable {
    /// The schema URN in front, as written; nil when there is none.
    package var schema: String?
    /// nil when the path is a schema URN alone.
    package var attribute: String?
    package var filter: SCIMFilter?
    package var subAttribute: String?

    package init(
        schema: String? = nil, attribute: String?, filter: SCIMFilter? = nil,
        subAttribute: String? = nil
    ) {
        self.schema = schema
        self.attribute = attribute
        self.filter = filter
        self.subAttribute = subAttribute
    }

    package init(_ path: AttributePath) {
        self.init(schema: path.schema, attribute: path.name, subAttribute: path.subAttribute)
    }

    package init(parsing text: String) throws(SCIMFilterError) {
        guard text.utf8.count <= SCIMFilter.lengthLimit else {
            throw SCIMFilterError(
                .tooLong(limit: SCIMFilter.lengthLimit), at: SCIMFilter.lengthLimit)
        }
        guard let bracket = text.utf8.firstIndex(of: UInt8(ascii: "[")) else {
            try self.init(withoutFilter: text)
            return
        }
        guard let path = AttributePath(text[..<bracket]) else {
            throw SCIMFilterError(.notAnAttribute(String(text.prefix(64))), at: 0)
        }
        let offset = text.utf8.distance(from: text.utf8.startIndex, to: bracket)
        var parser = SCIMFilterParser(text, from: offset)
        let filter = try parser.bracketedFilter()
        self.init(schema: path.schema, attribute: path.name, filter: filter)
        let rest = text.utf8.dropFirst(parser.offset)
        guard !rest.isEmpty else {
            // `name.sub[…]` would be a filter on a sub-attribute; no schema has such a list.
            guard path.subAttribute == nil else {
                throw SCIMFilterError(.notAnAttribute(String(text.prefix(64))), at: 0)
            }
            return
        }
        guard rest.first == UInt8(ascii: "."), path.subAttribute == nil,
            let name = String(rest.dropFirst()), AttributePath.isName(name)
        else { throw SCIMFilterError(.trailingText, at: parser.offset) }
        subAttribute = name
    }

    private init(withoutFilter text: String) throws(SCIMFilterError) {
        let (schema, rest) = AttributePath.splitSchema(text[...])
        if schema != nil, rest == nil {
            self.init(schema: schema, attribute: nil)
            return
        }
        guard let path = AttributePath(text) else {
            throw SCIMFilterError(.notAnAttribute(String(text.prefix(64))), at: 0)
        }
        self.init(path)
    }

    /// The path without filter, for looking the attribute up in a schema.
    package var attributePath: AttributePath? {
        attribute.map { AttributePath(schema: schema, $0, subAttribute) }
    }
}

extension SCIMPath: CustomStringConvertible {
    package var description: String {
        guard let attribute else { return schema ?? "" }
        return (schema.map { $0 + ":" } ?? "") + attribute + (filter.map { "[\($0)]" } ?? "")
            + (subAttribute.map { "." + $0 } ?? "")
    }
}
