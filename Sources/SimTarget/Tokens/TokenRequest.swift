import SimCore
import SimHTTP

/// A request of the token endpoint, taken apart. RFC 6749 §2.3, §3.2, §4.4; RFC 7521 §4.2;
/// RFC 8693 §2.1.
struct TokenRequest: Hashable {
    /// What a client proves itself with.
    enum Proof: Hashable {
        case secret(clientID: String, String)
        /// A token of another issuer, and the client it says to be, where it says so.
        case assertion(String, clientID: String?)
        /// The same as subject of a token exchange.
        case subjectToken(String)
    }

    let proof: Proof
    /// nil: everything the client may have.
    let scopes: [String]?

    static let exchangeGrant = "urn:ietf:params:oauth:grant-type:token-exchange"
    private static let assertionType = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
    private static let tokenTypes = [
        "urn:ietf:params:oauth:token-type:jwt", "urn:ietf:params:oauth:token-type:id_token",
    ]
    static let accessTokenType = "urn:ietf:params:oauth:token-type:access_token"

    init(_ request: HTTPRequest) throws(TokenRefusal) {
        let form = try Self.form(request)
        guard let grant = form["grant_type"] else { throw .missing("grant_type") }
        let isExchange = grant == Self.exchangeGrant
        guard isExchange || grant == "client_credentials" else { throw .unsupportedGrant }
        scopes = form["scope"].map { $0.split(separator: " ").map(String.init) }
        if isExchange {
            proof = try Self.subjectToken(form)
        } else {
            proof = try Self.client(form, authorization: request.headers["Authorization"])
        }
    }

    /// The parameters; one without a value counts as absent, one that is there twice is refused.
    private static func form(_ request: HTTPRequest) throws(TokenRefusal) -> [String: String] {
        let type = request.headers["Content-Type"]?.prefix { $0 != ";" }
            .filter { $0 != " " }.lowercased()
        guard type == "application/x-www-form-urlencoded" else {
            throw .invalidRequest("send the parameters as application/x-www-form-urlencoded")
        }
        let fields: FormFields
        do {
            fields = try FormFields(parsing: String(decoding: request.body, as: UTF8.self))
        } catch {
            throw .invalidRequest("the form cannot be decoded")
        }
        var form: [String: String] = [:]
        var seen: Set<String> = []
        for field in fields.fields {
            guard seen.insert(field.name).inserted else {
                throw .invalidRequest("the parameter '\(field.name)' stands there twice")
            }
            if !field.value.isEmpty { form[field.name] = field.value }
        }
        return form
    }

    private static func client(
        _ form: [String: String], authorization: String?
    ) throws(TokenRefusal) -> Proof {
        let ways = [
            authorization != nil, form["client_secret"] != nil, form["client_assertion"] != nil,
        ].filter { $0 }.count
        guard ways <= 1 else {
            throw .invalidRequest("the client proves itself in more than one way")
        }
        if let authorization { return try basic(authorization, form["client_id"]) }
        if let assertion = form["client_assertion"] {
            guard let type = form["client_assertion_type"] else {
                throw .missing("client_assertion_type")
            }
            guard type == assertionType else {
                throw .invalidClient("this kind of client assertion is not taken")
            }
            return .assertion(assertion, clientID: form["client_id"])
        }
        guard let client = form["client_id"] else {
            throw .invalidClient("the client does not say who it is")
        }
        guard let secret = form["client_secret"] else {
            throw .invalidClient("the client does not prove who it is")
        }
        return .secret(clientID: client, secret)
    }

    /// Both parts are form-encoded. RFC 6749 §2.3.1.
    private static func basic(
        _ field: String, _ clientID: String?
    ) throws(TokenRefusal) -> Proof {
        let unreadable = TokenRefusal.invalidClient("the Authorization header cannot be read")
        guard field.prefix(6).lowercased() == "basic ",
            let bytes = Base64.decode(String(field.dropFirst(6).drop { $0 == " " })),
            let colon = bytes.firstIndex(of: UInt8(ascii: ":"))
        else { throw unreadable }
        let parts = [bytes[..<colon], bytes[(colon + 1)...]].compactMap {
            PercentCoding.decode(String(decoding: $0, as: UTF8.self), plusIsSpace: true)
        }
        guard parts.count == 2 else { throw unreadable }
        guard clientID == nil || clientID == parts[0] else {
            throw .invalidRequest("header and form name different clients")
        }
        return .secret(clientID: parts[0], parts[1])
    }

    private static func subjectToken(_ form: [String: String]) throws(TokenRefusal) -> Proof {
        guard let token = form["subject_token"] else { throw .missing("subject_token") }
        guard let type = form["subject_token_type"] else { throw .missing("subject_token_type") }
        guard tokenTypes.contains(type) else {
            throw .invalidRequest("this kind of subject token is not taken")
        }
        guard form["requested_token_type"] ?? accessTokenType == accessTokenType else {
            throw .invalidRequest("only access tokens are given out")
        }
        return .subjectToken(token)
    }
}
