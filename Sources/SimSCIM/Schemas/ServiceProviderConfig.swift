import SimCore

/// What a service says of itself under `/ServiceProviderConfig`. RFC 7643 §5.
package struct ServiceProviderConfig: Hashable, Sendable {
    package var documentationURL: String?
    /// Most resources in one page.
    package var maxResults: Int
    package var supportsETag: Bool

    package init(documentationURL: String? = nil, maxResults: Int, supportsETag: Bool) {
        self.documentationURL = documentationURL
        self.maxResults = maxResults
        self.supportsETag = supportsETag
    }

    /// `baseURL` ends without a slash.
    package func json(baseURL: String) -> JSONValue {
        var object: JSONObject = ["schemas": [.string(SCIMURN.serviceProviderConfig)]]
        object.appendIfPresent("documentationUri", documentationURL)
        object.append("patch", ["supported": true])
        object.append(
            "bulk", ["supported": false, "maxOperations": 0, "maxPayloadSize": 0])
        object.append(
            "filter", ["supported": true, "maxResults": .int(Int64(maxResults))])
        object.append("changePassword", ["supported": false])
        object.append("sort", ["supported": true])
        object.append("etag", ["supported": .bool(supportsETag)])
        object.append(
            "authenticationSchemes",
            [
                [
                    "type": "oauthbearertoken", "name": "API key",
                    "description": "An API key as bearer token in the Authorization header",
                    "specUri": "https://www.rfc-editor.org/rfc/rfc6750", "primary": true,
                ]
            ])
        object.append(
            "meta",
            [
                "resourceType": "ServiceProviderConfig",
                "location": .string("\(baseURL)/ServiceProviderConfig"),
            ])
        return .object(object)
    }
}
