import SimCore
import SimCrypto
import SimDirectory

extension IdentityPlatform {
    /// The client an ID token was issued to. A hint decides nothing by itself, so it is only read:
    /// the address is still compared with that client's own.
    static func audience(ofHint text: String) -> AppID? {
        // A hint that is no token names nobody.
        guard let token = try? JSONWebToken(parsing: text) else { return nil }
        return token.claims["aud"]?.stringValue.flatMap { AppID($0) }
    }
}
