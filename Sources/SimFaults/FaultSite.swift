/// Where a fault can strike. A surface that comes later joins by naming its site here.
package enum FaultSite: String, CaseIterable, Sendable {
    case authorize
    case token
    case deviceCode = "devicecode"
    case discovery
    case keys = "jwks"
    case userInfo = "userinfo"
    /// The forms behind the sign-in pages.
    case signIn = "sign-in"
    case logout
    case saml
    case graph
    /// The embedded sample apps: their pages and their SCIM services as any client sees them.
    case apps
    case portal
    /// The calls of the provisioning service to a target.
    case scim
    /// A new connection over TLS, before anybody knows what it will ask for.
    case tls

    /// Answers there can be refusals with a number of the catalogue.
    package var refusesByNumber: Bool {
        switch self {
        case .authorize, .token, .deviceCode, .discovery, .keys, .userInfo, .signIn, .logout, .saml:
            true
        case .graph, .apps, .portal, .scim, .tls: false
        }
    }

    /// Tokens are signed there.
    package var issuesTokens: Bool {
        switch self {
        case .authorize, .token, .signIn: true
        case .deviceCode, .discovery, .keys, .userInfo, .logout, .saml, .graph, .apps, .portal,
            .scim, .tls:
            false
        }
    }
}

/// What a call to a SCIM target does. RFC 7644 §3.
package enum FaultOperation: String, CaseIterable, Sendable {
    /// A list, with or without a filter.
    case query
    /// One resource by its id.
    case read
    case create
    case replace
    case update
    case delete

    /// The target's data changes.
    package var writes: Bool {
        switch self {
        case .query, .read: false
        case .create, .replace, .update, .delete: true
        }
    }
}

/// What a call to a SCIM target is about.
package enum FaultObject: String, CaseIterable, Sendable {
    case user, group
    /// Schemas, resource types, service provider configuration.
    case schema
}
