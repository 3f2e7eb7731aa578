import SimCore
import SimCrypto

/// Access tokens for Graph as the service issues them: a `nonce` in the header, and a signature
/// over the header with that nonce's digest in its place, so that nobody but Graph can verify one.
/// identity-platform.md §4.1.
enum GraphToken {
    /// Signs so that ordinary verification fails.
    static func signed(
        _ claims: JSONObject, header: JSONObject, nonce: String, by key: SigningKey
    ) throws(CryptoError) -> String {
        let token = try key.signToken(
            header: .custom(with(digest(nonce), in: header)), claims: claims)
        guard let dot = token.firstIndex(of: ".") else { return token }
        return Base64.urlEncode(with(nonce, in: header).serialized) + token[dot...]
    }

    /// Whether a token's signature holds, read as Graph reads it; tokens without a nonce are
    /// verified as everybody verifies them.
    static func isSigned(_ token: JSONWebToken, text: String, by key: RSAPublicKey) -> Bool {
        guard let nonce = token.header["nonce"]?.stringValue, let dot = text.firstIndex(of: ".")
        else { return token.isSigned(by: key) }
        var header = token.header
        header["nonce"] = .string(digest(nonce))
        // What is put together here from a token that was read can be read again.
        let restored = try? JSONWebToken(
            parsing: Base64.urlEncode(header.serialized) + text[dot...])
        return restored?.isSigned(by: key) == true
    }

    private static func digest(_ nonce: String) -> String {
        Base64.urlEncode(SHA256.digest(Array(nonce.utf8)))
    }

    /// `typ`, `nonce`, then the rest.
    private static func with(_ nonce: String, in header: JSONObject) -> JSONObject {
        var members = header.members
        members.insert(.init("nonce", .string(nonce)), at: min(1, members.count))
        return JSONObject(members)
    }
}
