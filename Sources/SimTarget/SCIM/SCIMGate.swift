import SimCore
import SimHTTP
import SimSCIM

/// Who may call the SCIM endpoint: a key with the right scope. RFC 6750 §3.
struct SCIMGate {
    let configuration: SampleAppConfiguration
    let request: HTTPRequest

    /// The key that was accepted, or the refusal.
    struct Access {
        let keyID: String?
        let refusal: HTTPResponse?
    }

    func access(_ keys: KeyRing) -> Access {
        let scope = configuration.scimScope
        switch keys.access(authorization: request.headers["Authorization"], scope: scope) {
        case .granted(let id): return Access(keyID: id, refusal: nil)
        case .forbidden(_, let scopes):
            let owned = scopes.isEmpty ? "no scope" : "only \(scopes.joined(separator: ", "))"
            let challenge = challenge("insufficient_scope") + ", scope=\"\(scope)\""
            return Access(
                keyID: nil,
                refusal: HTTPResponse(
                    SCIMError(
                        status: 403, nil,
                        "this API key has \(owned); SCIM needs the scope '\(scope)'"),
                    headers: ["WWW-Authenticate": challenge]))
        case .unknown(let isPresented):
            let detail =
                isPresented
                ? "this API key is unknown or revoked" : "send an API key as bearer token"
            return Access(
                keyID: nil,
                refusal: HTTPResponse(
                    SCIMError(status: 401, nil, detail),
                    headers: ["WWW-Authenticate": challenge(isPresented ? "invalid_token" : nil)]))
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
        case .mappingChanged, .keyIssued, .keyRevoked: false
        }
    }
}
