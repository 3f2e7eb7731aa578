import SimCore
import SimErrors
import SimHTTP

/// How a client proves itself at the token endpoint. identity-platform.md §3.1.
enum ClientCredential: Hashable, Sendable {
    case secret(String)
    /// A signed JWT, not yet read.
    case assertion(String)

    static let assertionType = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
}

/// The client part of a token request: body fields, or a Basic header. RFC 6749 §2.3.1.
struct PresentedClient: Hashable, Sendable {
    /// `client_id` as sent; nil when absent or empty.
    let identifier: String?
    /// nil when absent; an empty secret counts as absent.
    let credential: ClientCredential?

    init(form: FormFields, headers: HTTPHeaders) throws(AADSTSError) {
        let basic = Self.basic(headers["Authorization"])
        identifier = Self.nonEmpty(form["client_id"]) ?? Self.nonEmpty(basic?.identifier)
        if let assertion = Self.nonEmpty(form["client_assertion"]) {
            guard form["client_assertion_type"] == ClientCredential.assertionType else {
                throw .missingParameter("client_assertion_type")
            }
            credential = .assertion(assertion)
        } else {
            let secret = Self.nonEmpty(form["client_secret"]) ?? Self.nonEmpty(basic?.secret)
            credential = secret.map { .secret($0) }
        }
    }

    private static func nonEmpty(_ text: String?) -> String? {
        text.flatMap { $0.isEmpty ? nil : $0 }
    }

    /// `Basic base64(urlencode(id):urlencode(secret))`.
    private static func basic(_ header: String?) -> (identifier: String, secret: String)? {
        guard let header, header.count > 6, header.prefix(6).lowercased() == "basic ",
            let bytes = Base64.decode(String(header.dropFirst(6))),
            let colon = bytes.firstIndex(of: UInt8(ascii: ":")),
            let identifier = decoded(bytes[..<colon]),
            let secret = decoded(bytes[(colon + 1)...])
        else { return nil }
        return (identifier, secret)
    }

    private static func decoded(_ bytes: ArraySlice<UInt8>) -> String? {
        PercentCoding.decode(String(decoding: bytes, as: UTF8.self), plusIsSpace: true)
    }
}
