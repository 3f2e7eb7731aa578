import SimCore
import SimDirectory
import SimErrors

/// The remaining parameters of an authorization request. Order: aadsts.md §5.2, row 8.
struct RequestReading: Sendable {
    let scopes: ScopeRequest
    let nonce: String?
    let prompt: Prompt?
    let challenge: CodeChallenge?
    let maxAge: Int64?
    let claims: ClaimsRequest

    init(
        _ fields: FormFields, version: ProtocolVersion, types: Set<ResponseType>,
        platform: AppRegistration.Platform, address: ReturnAddress
    ) throws(AuthorizationRefusal) {
        scopes = try AuthorizationRequest.redirect(to: address) { () throws(AADSTSError) in
            try Self.scopes(fields, version, types)
        }
        nonce = AuthorizationRequest.value("nonce", fields)
        prompt = try AuthorizationRequest.page { [nonce] () throws(AADSTSError) in
            if types.contains(.idToken), nonce == nil { throw .missingField("nonce") }
            return try Self.prompt(fields)
        }
        challenge = try AuthorizationRequest.redirect(to: address) { () throws(AADSTSError) in
            try Self.challenge(fields, types, platform)
        }
        claims = try AuthorizationRequest.redirect(to: address) { () throws(AADSTSError) in
            try ClaimsRequest(fields["claims"])
        }
        maxAge = try AuthorizationRequest.redirect(to: address) { () throws(AADSTSError) in
            guard let text = AuthorizationRequest.value("max_age", fields) else { return nil }
            guard let seconds = Int64(text), seconds >= 0 else {
                throw .invalidParameter("max_age")
            }
            return seconds
        }
    }

    private static func scopes(
        _ fields: FormFields, _ version: ProtocolVersion, _ types: Set<ResponseType>
    ) throws(AADSTSError) -> ScopeRequest {
        let resource = AuthorizationRequest.value("resource", fields)
        switch version {
        case .v1:
            return ScopeRequest(v1Resource: resource ?? MicrosoftGraph.appID.description)
        case .v2:
            if resource != nil { throw .resourceParameterNotSupported }
            guard let text = AuthorizationRequest.value("scope", fields) else {
                throw .missingParameter("scope")
            }
            let scopes = try ScopeRequest(text)
            if types.contains(.token), scopes.resources.count > 1 {
                throw .severalResourcesAtAuthorize(text)
            }
            return scopes
        }
    }

    private static func prompt(_ fields: FormFields) throws(AADSTSError) -> Prompt? {
        for name in ["request", "request_uri"] where fields[name] != nil {
            throw .unsupportedParameter(name)
        }
        guard let text = AuthorizationRequest.value("prompt", fields) else { return nil }
        guard let prompt = Prompt(rawValue: text) else { throw .unsupportedPrompt }
        return prompt
    }

    private static func challenge(
        _ fields: FormFields, _ types: Set<ResponseType>, _ platform: AppRegistration.Platform
    ) throws(AADSTSError) -> CodeChallenge? {
        let method = AuthorizationRequest.value("code_challenge_method", fields)
        guard let value = AuthorizationRequest.value("code_challenge", fields) else {
            if types.contains(.code), platform == .spa { throw .proofKeyRequired }
            if method != nil { throw .challengeSizeInvalid }
            return nil
        }
        return try CodeChallenge(value, method: method)
    }
}
