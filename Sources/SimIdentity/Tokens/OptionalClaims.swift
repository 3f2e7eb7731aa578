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

    /// The `additionalProperties` of a claim, in their order.
    func properties(of name: String) -> [String] { properties[name] ?? [] }

    /// Whether a claim is asked for with one of its `additionalProperties`.
    func asks(for name: String, having property: String) -> Bool {
        properties[name]?.contains(property) == true
    }

    /// What optional claims may be about.
    struct Facts: Sendable {
        let user: User
        let signIn: SignIn
        let tenant: any DirectoryQueries
        let situation: SituationalClaims
        /// `tenant_region_scope` of the tenant.
        let region: String
        /// v1 tokens always say a person's names; v2 tokens when the client asked for `profile`.
        let mayNamePerson: Bool
    }

    /// Adds what is asked for, is known of the user, and is not there already.
    func add(to claims: inout ClaimSet, _ facts: Facts) {
        for name in names where !claims.contains(name) {
            addPerson(name, to: &claims, facts)
            addSignIn(name, to: &claims, facts)
            addContact(name, to: &claims, facts)
            addTenant(name, to: &claims, facts.tenant.profile, region: facts.region)
            facts.situation.addOptional(name, to: &claims)
        }
    }

    /// Adds what is asked for of the tenant: to a token that speaks for nobody.
    func add(to claims: inout ClaimSet, _ issuer: TokenIssuer) {
        for name in names where !claims.contains(name) {
            addTenant(
                name, to: &claims, issuer.tenant.profile, region: issuer.region.rawValue)
        }
    }

    private func addTenant(
        _ name: String, to claims: inout ClaimSet, _ tenant: TenantProfile, region: String
    ) {
        switch name {
        case "tenant_ctry": claims.set(name, tenant.country)
        case "tenant_region_scope": claims.set(name, region)
        case "xms_tpl": claims.set(name, tenant.preferredLanguage)
        default: break
        }
    }

    private func addPerson(_ name: String, to claims: inout ClaimSet, _ facts: Facts) {
        let user = facts.user
        switch name {
        case "upn" where user.userType == .member, "preferred_username":
            claims.set(name, user.userPrincipalName)
        case "upn" where asks(for: name, having: "include_externally_authenticated_upn"):
            claims.set(name, user.userPrincipalName)
        case "upn"
        where asks(for: name, having: "include_externally_authenticated_upn_without_hash"):
            claims.set(name, String(user.userPrincipalName.map { $0 == "#" ? "_" : $0 }))
        case "family_name" where facts.mayNamePerson: claims.set(name, user.surname)
        case "given_name" where facts.mayNamePerson: claims.set(name, user.givenName)
        case "acct": claims.set(name, json: .int(user.userType == .guest ? 1 : 0))
        case "ctry": claims.set(name, Self.country(of: user))
        case "xms_pl": claims.set(name, user.attributes["preferredLanguage"]?.stringValue)
        case "xms_pdl": claims.set(name, user.attributes["preferredDataLocation"]?.stringValue)
        case "onprem_sid":
            claims.set(name, user.attributes["onPremisesSecurityIdentifier"]?.stringValue)
        case "login_hint":
            claims.set(name, LoginHint.claim(user: user.id, tenant: facts.tenant.tenantID))
        case let extended where extended.hasPrefix("extension_"):
            addExtension(extended, to: &claims, user)
        default: break
        }
    }

    private func addSignIn(_ name: String, to claims: inout ClaimSet, _ facts: Facts) {
        switch name {
        case "auth_time": claims.set(name, json: .int(facts.signIn.authenticatedAt.seconds))
        case "ipaddr": claims.set(name, facts.situation.facts.addressText)
        case "sid": claims.set(name, facts.signIn.sessionID.description)
        case "amr": claims.set(name, facts.signIn.methods)
        default: break
        }
    }

    private func addContact(_ name: String, to claims: inout ClaimSet, _ facts: Facts) {
        let domains = facts.tenant.profile.domains.map { $0.lowercased() }
        func isOwn(_ mail: String) -> Bool {
            mail.split(separator: "@").last.map { domains.contains($0.lowercased()) } ?? false
        }
        let proxies =
            facts.user.attributes["proxyAddresses"]?.arrayValue?.compactMap(\.stringValue) ?? []
        switch name {
        case "email": claims.set(name, facts.user.mail)
        case "verified_primary_email":
            claims.set(
                name,
                proxies.filter { $0.hasPrefix("SMTP:") }.map { String($0.dropFirst(5)) }
                    .filter(isOwn))
        case "verified_secondary_email":
            claims.set(
                name,
                proxies.filter { $0.hasPrefix("smtp:") }.map { String($0.dropFirst(5)) }
                    .filter(isOwn))
        case "xms_edov":
            // Whether the domain of the address is its owner's; nothing without an address.
            if let mail = facts.user.mail { claims.set(name, json: .bool(isOwn(mail))) }
        default: break
        }
    }

    /// A two-letter country or region, of the person or of their licences.
    private static func country(of user: User) -> String? {
        [user.attributes["country"], user.attributes["usageLocation"]]
            .compactMap { $0?.stringValue }.first { $0.utf8.count == 2 }
    }

    /// `extension_{appId}_{name}` becomes `extn.{name}`, a list. identity-platform.md §4.7.
    private func addExtension(_ name: String, to claims: inout ClaimSet, _ user: User) {
        let parts = name.split(separator: "_", maxSplits: 2)
        guard parts.count == 3, let value = user.attributes[name]?.stringValue else { return }
        claims.set("extn.\(parts[2])", [value])
    }
}
