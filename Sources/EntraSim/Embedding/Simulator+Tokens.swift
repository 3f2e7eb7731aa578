import SimCore
import SimCrypto
import SimDirectory
import SimPortal

extension Simulator {
    /// Tokens without a sign-in, for tests of an API that only validates them. Signed with the
    /// tenant's key, so that discovery and JWKS prove them.
    ///
    ///     let token = try simulator.tokens.mint(
    ///         for: "Contoso Board", user: "adele.vance@contoso.example",
    ///         scopes: ["api://tasks.contoso.example/Tasks.Read"])
    ///     request.headers["Authorization"] = "Bearer \(token.text)"
    public struct Tokens: Sendable {
        let simulator: Simulator
        let tenant: String?

        /// - Parameters:
        ///   - app: the client.
        ///   - user: whom the token is about; nil for an app-only token.
        ///   - scopes: as the client would ask for them; empty for `{client id}/.default`.
        ///   - lifetime: the token lifetime policy's unless said.
        public func mint(
            for app: String, user: String? = nil, scopes: [String] = [], lifetime: Duration? = nil
        ) throws(SimulatorFailure) -> MintedToken {
            let services = try simulator.opened()
            let host = try simulator.host(tenant)
            let mint = TokenMint(app: app, user: user, scopes: scopes, lifetime: lifetime)
            let answer: JSONValue
            do throws(ControlError) {
                answer = try TokenMinting(services: services).token(mint, in: host)
            } catch {
                throw SimulatorFailure(error)
            }
            let text = answer["access_token"]?.stringValue ?? ""
            do throws(JSONWebTokenError) {
                let token = try JSONWebToken(parsing: text)
                return MintedToken(
                    text: text, claims: JSONValue.object(token.claims).text,
                    expiresIn: .seconds(answer["expires_in"]?.intValue ?? 0))
            } catch {
                throw SimulatorFailure("the token endpoint answered no token: \(error)")
            }
        }
    }
}

/// A signed access token.
public struct MintedToken: Hashable, Sendable {
    /// Header, claims and signature, as it goes behind `Bearer`.
    public let text: String
    /// The claims as JSON, in the token's order.
    public let claims: String
    public let expiresIn: Duration
}
