import SimCore
import SimCrypto
import SimHTTP

/// How an app reads what token issuers publish. A seam for the network.
package struct IssuerDocuments: Sendable {
    /// The simulator's own address, for `{origin}` in fixtures.
    let origin: String
    /// The answer to `GET url`; nil when nothing is there.
    private let read: @Sendable (String) -> HTTPResponse?

    package init(origin: String, read: @escaping @Sendable (String) -> HTTPResponse?) {
        self.origin = origin
        self.read = read
    }

    /// An app that can reach no issuer.
    package static let none = IssuerDocuments(origin: "", read: { _ in nil })

    /// A fixture's issuer with the simulator's address in place of `{origin}`.
    func placed(_ issuer: String) -> String {
        let mark = "{origin}"
        return issuer.hasPrefix(mark) ? origin + issuer.dropFirst(mark.count) : issuer
    }

    /// The key of that name an issuer publishes for signatures, found as any relying party does:
    /// discovery document, then key set. OpenID Connect Discovery §4; RFC 7517 §4.
    func key(_ keyID: String, of issuer: String) -> RSAPublicKey? {
        guard let discovery = json(issuer + "/.well-known/openid-configuration"),
            discovery["issuer"]?.stringValue == issuer,
            let address = discovery["jwks_uri"]?.stringValue,
            let keys = json(address).flatMap({ JSONWebKeySet($0) })
        else { return nil }
        return keys.key(keyID)
    }

    private func json(_ url: String) -> JSONValue? {
        guard let response = read(url), response.status == 200 else { return nil }
        // What is no JSON is no document.
        return try? JSONValue(parsing: response.body)
    }
}
