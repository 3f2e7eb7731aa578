import SimCore
import SimDirectory

/// An application's `optionalClaims`, one token kind of it. identity-platform.md §4.7.
struct OptionalClaims: Sendable {
    enum TokenKind: String, Sendable {
        case idToken, accessToken
    }

    private let names: [String]
    private let properties: [String: [String]]

    init(_ configured: JSONValue?, _ kind: TokenKind) {
        var names: [String] = []
        var properties: [String: [String]] = [:]
        for claim in configured?[kind.rawValue]?.arrayValue ?? [] {
            guard let name = claim["name"]?.stringValue else { continue }
            names.append(name)
            properties[name, default: []] +=
                claim["additionalProperties"]?.arrayValue?.compactMap(\.stringValue) ?? []
        }
        self.names = names
        self.properties = properties
    }

    func asks(for name: String) -> Bool { names.contains(name) }

    /// Whether a claim is asked for with one of its `additionalProperties`.
    func asks(for name: String, having property: String) -> Bool {
        properties[name]?.contains(property) == true
    }

    /// Adds what is asked for, is known of the user, and is not there already.
    func add(to claims: inout ClaimSet, user: User, signIn: SignIn, address: String) {
        for name in names where !claims.contains(name) {
            switch name {
            case "upn" where user.userType == .member, "preferred_username":
                claims.set(name, user.userPrincipalName)
            case "upn" where asks(for: name, having: "include_externally_authenticated_upn"):
                claims.set(name, user.userPrincipalName)
            case "upn"
            where asks(for: name, having: "include_externally_authenticated_upn_without_hash"):
                claims.set(
                    name, String(user.userPrincipalName.map { $0 == "#" ? "_" : $0 }))
            case "email": claims.set(name, user.mail)
            case "family_name": claims.set(name, user.surname)
            case "given_name": claims.set(name, user.givenName)
            case "acct": claims.set(name, json: .int(user.userType == .guest ? 1 : 0))
            case "auth_time": claims.set(name, json: .int(signIn.authenticatedAt.seconds))
            case "ipaddr": claims.set(name, address)
            case "sid": claims.set(name, signIn.sessionID.description)
            case "amr": claims.set(name, signIn.methods)
            case "ctry": claims.set(name, user.attributes["usageLocation"]?.stringValue)
            default: break
            }
        }
    }
}
