import SimCore

/// A refusal: status, the detail keyword of a 400 or 409, and a sentence. RFC 7644 §3.12.
package struct SCIMError: Error, Hashable, Sendable {
    /// `scimType`. RFC 7644 table 9.
    package enum Keyword: String, CaseIterable, Sendable {
        case invalidFilter, tooMany, uniqueness, mutability, invalidSyntax, invalidPath, noTarget
        case invalidValue, invalidVers, sensitive
    }

    package let status: Int
    package let keyword: Keyword?
    package let detail: String

    package init(status: Int, _ keyword: Keyword? = nil, _ detail: String) {
        self.status = status
        self.keyword = keyword
        self.detail = detail
    }

    /// A request that is wrong in itself.
    package static func badRequest(_ keyword: Keyword, _ detail: String) -> SCIMError {
        SCIMError(status: 400, keyword, detail)
    }

    /// The status is a string on the wire.
    package var json: JSONValue {
        var object: JSONObject = ["schemas": [.string(SCIMURN.error)]]
        object.appendIfPresent("scimType", keyword?.rawValue)
        object.append("detail", .string(detail))
        object.append("status", .string(String(status)))
        return .object(object)
    }
}

extension SCIMError {
    package init(_ error: SCIMFilterError, in keyword: Keyword) {
        self = .badRequest(keyword, error.description)
    }
}
