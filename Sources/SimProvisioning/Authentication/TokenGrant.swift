import SimCore
import SimDirectory
import SimHTTP

/// What a job presents at its target's token endpoint, and how it reads the answer.
/// provisioning.md §10.1, §10.2; RFC 6749 §4.4.
package struct TokenGrant: Hashable, Sendable {
    /// What vouches for the job.
    package enum Proof: Hashable, Sendable {
        case client(OAuthClientCredentials)
        /// A token of the tenant for `application`, made anew for each request.
        case workload(WorkloadIdentity, application: AppID)
    }

    /// Life of a token whose answer does not say. gallery-validation.md §7.21.
    package static let usualLifetime: Duration = .seconds(3_600)
    /// Longest access token put into a header, in bytes.
    package static let tokenByteLimit = 16_384
    /// Longest life believed.
    private static let longestLife: Int64 = 10 * 365 * 86_400

    package let endpoint: TokenEndpointAddress
    package let proof: Proof

    /// - Parameters:
    ///   - appID: the enterprise app itself, where no other app is named.
    ///   - origin: the simulator's own address, for `{origin}`.
    /// - Returns: nil for a job that sends a bearer token as it is.
    package init?(
        _ authentication: TargetAuthentication, appID: AppID, origin: String
    ) throws(TargetAddress.ParseError) {
        switch authentication {
        case .bearer: return nil
        case .clientCredentials(let client):
            endpoint = try TokenEndpointAddress(parsing: client.tokenEndpoint, origin: origin)
            proof = .client(client)
        case .workloadIdentity(let identity):
            endpoint = try TokenEndpointAddress(parsing: identity.tokenEndpoint, origin: origin)
            proof = .workload(identity, application: identity.application ?? appID)
        }
    }

    /// The app whose token is presented; nil where a secret is.
    package var application: AppID? {
        switch proof {
        case .client: nil
        case .workload(_, let application): application
        }
    }
}

// MARK: - Request

extension TokenGrant {
    private static let assertionType =
        "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
    private static let exchangeGrant = "urn:ietf:params:oauth:grant-type:token-exchange"
    private static let jwtType = "urn:ietf:params:oauth:token-type:jwt"
    private static let accessTokenType = "urn:ietf:params:oauth:token-type:access_token"

    /// The request for a token.
    ///
    /// - Parameter assertion: the tenant's token; empty where a secret is presented.
    package func request(assertion: String = "") -> HTTPRequest {
        var headers = HTTPHeaders()
        var form = FormFields()
        switch proof {
        case .client(let client):
            form.append("grant_type", "client_credentials")
            switch client.location {
            case .header: headers.append("Authorization", "Basic " + Self.basic(client))
            case .body:
                form.append("client_id", client.clientID)
                form.append("client_secret", client.clientSecret)
            }
            if let scope = client.scope { form.append("scope", scope) }
        case .workload(let identity, _):
            switch identity.exchange {
            case .clientAssertion:
                form.append("grant_type", "client_credentials")
                form.append("client_id", identity.clientID)
                form.append("client_assertion", assertion)
                form.append("client_assertion_type", Self.assertionType)
                if let scope = identity.scope { form.append("scope", scope) }
            case .tokenExchange:
                form.append("grant_type", Self.exchangeGrant)
                form.append("subject_token", assertion)
                form.append("subject_token_type", Self.jwtType)
                if let audience = identity.audience { form.append("audience", audience) }
                if let scope = identity.scope { form.append("scope", scope) }
                form.append("requested_token_type", Self.accessTokenType)
            }
        }
        headers.append("Accept", "application/json")
        headers.append("Content-Type", "application/x-www-form-urlencoded")
        return HTTPRequest(
            method: .post, target: endpoint.target, headers: headers,
            body: Array(form.encoded().utf8))
    }

    /// Both parts form-encoded before they are joined. RFC 6749 §2.3.1.
    private static func basic(_ client: OAuthClientCredentials) -> String {
        let pair = [client.clientID, client.clientSecret]
            .map { PercentCoding.encode($0, .form) }.joined(separator: ":")
        return Base64.encode(Array(pair.utf8))
    }

    /// Everything of a request that no text may show.
    func secrets(assertion: String) -> SecretTexts {
        switch proof {
        case .client(let client): SecretTexts(of: client)
        case .workload: SecretTexts([assertion])
        }
    }
}

extension SecretTexts {
    /// A client's secret as entered, as a form writes it, and as a Basic header does.
    init(of client: OAuthClientCredentials) {
        let form = PercentCoding.encode(client.clientSecret, .form)
        let pair = PercentCoding.encode(client.clientID, .form) + ":" + form
        self.init([Base64.encode(Array(pair.utf8)), client.clientSecret, form])
    }
}

// MARK: - Answer

extension TokenGrant {
    /// The token of an answer. RFC 6749 §5.1; refusals §5.2.
    ///
    /// - Parameter assertion: what was presented; an answer that repeats it is not shown so.
    package func token(
        _ response: HTTPResponse, assertion: String = "", at now: Timestamp
    ) throws(AccessTokenFailure) -> AccessToken {
        guard (200..<300).contains(response.status) else {
            var shown = secrets(assertion: assertion).hidden(in: response)
            let text = TargetFailure.cut(String(decoding: shown.body, as: UTF8.self))
            shown.body = Array(text.utf8)
            throw .refused(endpoint.url, shown)
        }
        func malformed(_ reason: String) -> AccessTokenFailure {
            .malformed(endpoint.url, reason: reason)
        }
        // Of what a 2xx answer holds nothing is ever repeated: it may be a token.
        guard let object = (try? JSONValue(parsing: response.body))?.objectValue else {
            throw malformed("the answer is no JSON object")
        }
        guard let value = object.member("access_token")?.stringValue, !value.isEmpty else {
            throw malformed("there is no 'access_token' in it")
        }
        guard value.utf8.count <= Self.tokenByteLimit,
            value.utf8.allSatisfy({ (0x21...0x7e).contains($0) })
        else { throw malformed("its 'access_token' cannot stand in a header") }
        if let type = object.member("token_type")?.stringValue, type.lowercased() != "bearer" {
            throw malformed("its 'token_type' is not Bearer")
        }
        return AccessToken(value: value, issuedAt: now, lifetime: try lifetime(object))
    }

    /// Some servers send the number as text.
    private func lifetime(_ object: JSONObject) throws(AccessTokenFailure) -> Duration {
        guard let value = object.member("expires_in"), !value.isNull else {
            return Self.usualLifetime
        }
        let number =
            value.doubleValue ?? value.stringValue.flatMap { Int64($0) }.map { Double($0) }
        guard let number, number.isFinite, number >= 0 else {
            throw .malformed(endpoint.url, reason: "its 'expires_in' is no number of seconds")
        }
        return .seconds(number >= Double(Self.longestLife) ? Self.longestLife : Int64(number))
    }

    /// An answer as it may be kept: no value of it that could be a token.
    package static func kept(_ response: HTTPResponse) -> HTTPResponse {
        guard (200..<300).contains(response.status), !response.body.isEmpty else {
            return response
        }
        var kept = response
        guard let object = (try? JSONValue(parsing: response.body))?.objectValue else {
            kept.body = Array(SecretTexts.replacement.utf8)
            return kept
        }
        let harmless = ["token_type", "expires_in", "scope", "issued_token_type"]
        kept.body =
            JSONObject(
                object.members.map { member in
                    harmless.contains(member.name)
                        ? member : .init(member.name, .string(SecretTexts.replacement))
                }
            ).serialized
        return kept
    }
}
