import SimCore

/// What surrounds every refusal: the identifiers and the time of the request it answers.
/// The only place that knows the order of members. Source: aadsts.md §1.1, §2.
package struct ErrorEnvelope: Hashable, Sendable {
    /// What joins the parts of a description: a space since 2023, CR LF before.
    package enum Separator: String, CaseIterable, Sendable {
        case space = " "
        case crlf = "\r\n"
    }

    /// Whose `error` value applies.
    package enum Endpoint: CaseIterable, Sendable {
        case tokenV2, tokenV1, discovery, authorize, adminConsent
    }

    /// Equals `x-ms-request-id` of the response.
    package let traceID: GUID
    package let correlationID: GUID
    package let at: Timestamp
    /// Scheme and authority of the request, without a slash at the end; base of `error_uri`.
    package let origin: String
    package let separator: Separator

    package init(
        traceID: GUID, correlationID: GUID, at: Timestamp, origin: String,
        separator: Separator = .space
    ) {
        self.traceID = traceID
        self.correlationID = correlationID
        self.at = at
        self.origin = origin
        self.separator = separator
    }

    /// Message and the three trace parts, personal data hidden.
    package func description(_ error: AADSTSError) -> String {
        [
            error.entry.label + ": " + error.message(hidesPersonalData: true),
            "Trace ID: \(traceID)", "Correlation ID: \(correlationID)",
            "Timestamp: \(at.errorBodyText)",
        ].joined(separator: separator.rawValue)
    }

    /// The `error` value at an endpoint.
    package func name(_ error: AADSTSError, at endpoint: Endpoint) -> OAuthErrorName {
        let variant: AADSTSEntry.ErrorVariant? =
            switch endpoint {
            case .tokenV2: nil
            case .tokenV1: .v1OAuthError
            case .discovery: .discoveryError
            case .authorize: .authorizeError
            case .adminConsent: .adminConsentError
            }
        return error.overrides.oauthError ?? variant.flatMap { error.entry.errorVariants[$0] }
            ?? error.entry.oauthError
    }

    /// The status of a JSON answer.
    package func status(_ error: AADSTSError) -> Int {
        if let status = error.overrides.httpStatus { return status }
        return error.overrides.oauthError?.httpStatus ?? error.entry.jsonStatus
    }

    /// `https://localhost:8443/error?code=50034`; nil for numbers without a look-up text.
    package func errorURI(_ error: AADSTSError) -> String? {
        error.entry.hasErrorURI ? "\(origin)/error?code=\(error.code)" : nil
    }

    /// The claims challenge; nil for most errors.
    package func claims(_ error: AADSTSError) -> String? {
        error.overrides.claims
            ?? error.entry.claimsTemplate.map { error.fill($0, hidesPersonalData: true) }
    }

    /// The JSON body of the token, device code and discovery endpoints.
    package func body(_ error: AADSTSError, at endpoint: Endpoint) -> JSONObject {
        var body: JSONObject = [
            "error": .string(name(error, at: endpoint).rawValue),
            "error_description": .string(description(error)),
            "error_codes": [.int(Int64(error.code))],
            "timestamp": .string(at.errorBodyText),
            "trace_id": .string(traceID.description),
            "correlation_id": .string(correlationID.description),
        ]
        body.appendIfPresent("error_uri", errorURI(error))
        body.appendIfPresent("suberror", error.overrides.suberror ?? error.entry.suberror)
        for field in error.entry.extraFields {
            let value = error.fill(field.template, hidesPersonalData: true)
            body.append(field.name, .string(value))
        }
        if endpoint != .tokenV1 { body.appendIfPresent("claims", claims(error)) }
        return body
    }

    /// The parameters of an error redirect, in the service's order.
    ///
    /// - Parameter subcode: `error_subcode`, as a cancelled consent sends.
    package func redirectFields(
        _ error: AADSTSError, state: String?, subcode: String? = nil
    ) -> FormFields {
        var fields = FormFields()
        fields.append("error", name(error, at: .authorize).rawValue)
        if let subcode { fields.append("error_subcode", subcode) }
        fields.append("error_description", description(error))
        if let uri = errorURI(error) { fields.append("error_uri", uri) }
        if let claims = claims(error) { fields.append("claims", claims) }
        if let state { fields.append("state", state) }
        return fields
    }

    /// What a person's cancel sends: `error`, `error_subcode`, `state`, nothing else.
    /// Source: aadsts.md §2.
    package static func cancelFields(state: String?) -> FormFields {
        var fields: FormFields = FormFields([.init("error", "access_denied")])
        fields.append("error_subcode", "cancel")
        if let state { fields.append("state", state) }
        return fields
    }
}
