import SimCore
import SimCrypto

/// Another issuer's token presented in place of a secret, checked against what the app trusts.
/// RFC 7523 §3; provisioning.md §10.2.
struct FederatedAssertion {
    let trusts: [OAuthConfiguration.Trust]
    let issuers: IssuerDocuments
    let now: Timestamp

    /// The trust the assertion fits: algorithm, issuer, subject, audience, times, signature, in
    /// this order; the first that does not fit is the reason. The tokens of the service carry no
    /// `jti`, so one may be presented again while it lasts.
    func trust(_ text: String) throws(Refusal) -> OAuthConfiguration.Trust {
        let token: JSONWebToken
        do {
            token = try JSONWebToken(parsing: text)
        } catch {
            throw Refusal("the assertion is no signed JWT")
        }
        guard token.algorithm.flatMap(SignatureAlgorithm.init) != nil else {
            throw Refusal("the assertion must be signed with RS256 or PS256")
        }
        let issuer = token.claims["iss"]?.stringValue ?? ""
        var fitting = trusts.filter { issuers.placed($0.issuer) == issuer }
        guard !fitting.isEmpty else { throw Refusal("the assertion's issuer is not trusted") }
        fitting = fitting.filter { $0.subject == token.claims["sub"]?.stringValue }
        guard !fitting.isEmpty else { throw Refusal("the assertion's subject is not trusted") }
        let audiences =
            token.claims["aud"]?.arrayValue?.compactMap(\.stringValue)
            ?? [token.claims["aud"]?.stringValue].compactMap { $0 }
        guard let trust = fitting.first(where: { audiences.contains($0.audience) }) else {
            throw Refusal("the assertion is for another audience")
        }
        try checkTimes(token)
        guard let keyID = token.keyID, let key = issuers.key(keyID, of: issuer) else {
            throw Refusal("the assertion's key is not published by its issuer")
        }
        guard token.isSigned(by: key) else { throw Refusal("the assertion's signature is wrong") }
        return trust
    }

    private func checkTimes(_ token: JSONWebToken) throws(Refusal) {
        guard let until = Self.time(token, "exp") else {
            throw Refusal("the assertion has no 'exp'")
        }
        guard now < until else { throw Refusal("the assertion has expired") }
        guard token.claims["nbf"] == nil || Self.time(token, "nbf").map({ $0 <= now }) == true
        else { throw Refusal("the assertion is not valid yet") }
    }

    private static func time(_ token: JSONWebToken, _ claim: String) -> Timestamp? {
        guard let seconds = token.claims[claim]?.doubleValue, seconds.isFinite,
            abs(seconds) < 1e11
        else { return nil }
        return Timestamp(microseconds: Int64(seconds * 1_000_000))
    }

    /// Why an assertion is not believed; holds nothing of it.
    struct Refusal: Error, Hashable {
        let reason: String

        init(_ reason: String) {
            self.reason = reason
        }
    }
}
