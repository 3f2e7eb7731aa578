import SimCore
import SimSCIM

/// The parameters of a list. RFC 7644 §3.4.2, §3.4.3.
struct SCIMQuery {
    let filter: SCIMFilter?
    let projection: AttributeProjection
    /// 1-based; a value below 1 counts as 1. RFC 7644 §3.4.2.4.
    let startIndex: Int
    /// nil when the client left the page size to us; a negative value counts as 0.
    let count: Int?
    let sortBy: AttributePath?
    let isDescending: Bool

    /// From the query of a GET.
    init(_ call: SCIMCall) throws(SCIMError) {
        func number(_ name: String) throws(SCIMError) -> Int? {
            guard let text = call.query[name], !text.isEmpty else { return nil }
            guard let number = Int(text) else {
                throw .badRequest(.invalidValue, "'\(name)' is a whole number")
            }
            return number
        }
        try self.init(
            filter: call.defects.contains(.ignoredFilter) ? nil : call.query["filter"],
            projection: call.projection(),
            startIndex: number("startIndex"), count: number("count"),
            sortBy: call.query["sortBy"], sortOrder: call.query["sortOrder"])
    }

    /// From the body of a POST to `/.search`. RFC 7644 §3.4.3.
    init(search body: JSONValue) throws(SCIMError) {
        guard let object = body.objectValue else {
            throw .badRequest(.invalidSyntax, "the body of a search is an object")
        }
        func names(_ key: String) -> String? {
            object.scim(key)?.arrayValue?.compactMap(\.stringValue).joined(separator: ",")
        }
        func number(_ key: String) throws(SCIMError) -> Int? {
            guard let value = object.scim(key) else { return nil }
            guard let number = value.intValue else {
                throw .badRequest(.invalidValue, "'\(key)' is a whole number")
            }
            return Int(clamping: number)
        }
        let projection = try AttributeProjection(
            attributes: names("attributes"), excludedAttributes: names("excludedAttributes"))
        try self.init(
            filter: object.scim("filter")?.stringValue, projection: projection,
            startIndex: number("startIndex"), count: number("count"),
            sortBy: object.scim("sortBy")?.stringValue,
            sortOrder: object.scim("sortOrder")?.stringValue)
    }

    private init(
        filter: String?, projection: AttributeProjection, startIndex: Int?, count: Int?,
        sortBy: String?, sortOrder: String?
    ) throws(SCIMError) {
        if let filter {
            do {
                self.filter = try SCIMFilter(parsing: filter)
            } catch {
                throw SCIMError(error, in: .invalidFilter)
            }
        } else {
            self.filter = nil
        }
        self.projection = projection
        self.startIndex = max(1, startIndex ?? 1)
        self.count = count.map { max(0, $0) }
        if let sortBy, !sortBy.isEmpty {
            guard let path = AttributePath(sortBy) else {
                throw .badRequest(.invalidPath, "'sortBy' is not an attribute name")
            }
            self.sortBy = path
        } else {
            self.sortBy = nil
        }
        isDescending = SCIMName.isSame(sortOrder ?? "", "descending")
    }

    /// The page of an already ordered list of matches.
    func page<Element>(of matches: some RandomAccessCollection<Element>, limit: Int) -> [Element] {
        let size = min(count ?? max(1, limit / 2), limit)
        guard startIndex <= matches.count else { return [] }
        return Array(matches.dropFirst(startIndex - 1).prefix(size))
    }
}
