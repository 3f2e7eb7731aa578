import SimCore
import SimHTTP

/// Why there is no token. RFC 6749 §5.2; RFC 8693 §2.2.2.
struct TokenRefusal: Error, Hashable {
    enum Code: String {
        case invalidRequest = "invalid_request"
        case invalidClient = "invalid_client"
        case unsupportedGrantType = "unsupported_grant_type"
        case invalidScope = "invalid_scope"
        /// The app itself could not keep the token. RFC 6749 §4.1.2.1 names it.
        case serverError = "server_error"
    }

    let code: Code
    let description: String

    static func invalidRequest(_ description: String) -> Self {
        Self(code: .invalidRequest, description: description)
    }

    static func invalidClient(_ description: String) -> Self {
        Self(code: .invalidClient, description: description)
    }

    static func missing(_ parameter: String) -> Self {
        .invalidRequest("the parameter '\(parameter)' is missing")
    }

    static let unsupportedGrant = Self(
        code: .unsupportedGrantType,
        description: "use client_credentials or \(TokenRequest.exchangeGrant)")

    static func invalidScope(_ scope: String) -> Self {
        Self(code: .invalidScope, description: "the client may not have the scope '\(scope)'")
    }

    private var status: Int {
        switch code {
        case .invalidClient: 401
        case .serverError: 500
        case .invalidRequest, .unsupportedGrantType, .invalidScope: 400
        }
    }

    /// - Parameter realm: the app, for the challenge of a 401.
    func response(realm: String) -> HTTPResponse {
        var response = HTTPResponse(
            status: status,
            json: [
                "error": .string(code.rawValue), "error_description": .string(plain),
            ], headers: ["Cache-Control": "no-store", "Pragma": "no-cache"])
        if status == 401 {
            response.headers.append("WWW-Authenticate", "Basic realm=\"\(realm)\"")
        }
        return response
    }

    /// Only what may stand in an `error_description`, cut to a line.
    private var plain: String {
        let bytes = description.utf8.prefix(200).map { byte in
            (0x20...0x7e).contains(byte) && byte != 0x22 && byte != 0x5c ? byte : 0x3f
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
