import SimCore
import SimHTTP
import SimSCIM

/// Who may call the SCIM endpoint: a key with the right scope. RFC 6750 §3.
struct SCIMGate {
    let configuration: SampleAppConfiguration

    /// The answer to a call that may not be made; nil for one that may.
    func refusal(_ access: KeyRing.Access) -> HTTPResponse? {
        let scope = configuration.scimScope
        switch access {
        case .granted: return nil
        case .forbidden(_, let scopes):
            let owned = scopes.isEmpty ? "no scope" : "only \(scopes.joined(separator: ", "))"
            return HTTPResponse(
                SCIMError(
                    status: 403, nil,
                    "this API key or token has \(owned); SCIM needs the scope '\(scope)'"),
                headers: [
                    "WWW-Authenticate": challenge("insufficient_scope") + ", scope=\"\(scope)\""
                ])
        case .expired:
            return HTTPResponse(
                SCIMError(status: 401, nil, "this access token has expired"),
                headers: [
                    "WWW-Authenticate": challenge("invalid_token")
                        + ", error_description=\"the access token expired\""
                ])
        case .unknown(let isPresented):
            let detail =
                isPresented
                ? "this API key is unknown or revoked" : "send an API key as bearer token"
            return HTTPResponse(
                SCIMError(status: 401, nil, detail),
                headers: ["WWW-Authenticate": challenge(isPresented ? "invalid_token" : nil)])
        }
    }

    private func challenge(_ error: String?) -> String {
        "Bearer realm=\"\(configuration.name)\"" + (error.map { ", error=\"\($0)\"" } ?? "")
    }
}

extension SCIMCall {
    /// Takes a request apart; a query that cannot be decoded is refused.
    static func parse(
        _ request: HTTPRequest, _ segments: [String], baseURL: String, now: Timestamp,
        random: any RandomSource
    ) -> Result<SCIMCall, SCIMError> {
        let query: FormFields
        do {
            query = try FormFields(parsing: request.query ?? "")
        } catch {
            return .failure(.badRequest(.invalidSyntax, "the query cannot be decoded"))
        }
        return .success(
            SCIMCall(
                method: request.method == .head ? .get : request.method, segments: segments,
                query: query, headers: request.headers, body: request.body, baseURL: baseURL,
                now: now, random: random))
    }
}

extension SampleAppChange {
    /// Whether a provisioning client made it: it dates the last sync.
    var isProvisioned: Bool {
        switch self {
        case .userSaved, .userDeleted, .groupSaved, .groupDeleted, .membersEdited: true
        case .mappingChanged, .keyIssued, .keyRevoked, .tokenIssued: false
        }
    }
}
