import SimCore
import SimDirectory
import SimErrors

/// Which of the browser's sessions answers an authorization request. identity-platform.md §2.5.
enum SessionChoice: Sendable {
    /// This one, without asking.
    case one(BrowserSession, User)
    /// The person picks; the last used first.
    case several([(session: BrowserSession, user: User)])
    /// Nobody usable is signed in.
    case none

    /// Sessions of the request's tenant that its hints do not rule out.
    ///
    /// - Parameter fields: the request's parameters: `sid`, `login_hint`, `domain_hint`.
    init(
        _ fields: FormFields, _ sessions: BrowserSessions, in tenant: any DirectoryQueries,
        _ platform: IdentityPlatform, at now: Timestamp
    ) {
        let id = tenant.tenantID
        var candidates = sessions.all.compactMap { session in
            session.tenant == id ? platform.user(of: session, at: now).map { (session, $0) } : nil
        }
        if let sid = AuthorizationRequest.value("sid", fields).flatMap({ GUID($0) }) {
            candidates = candidates.filter { $0.0.signIn.sessionID == sid }
        } else if let hint = AuthorizationRequest.value("login_hint", fields).map({ LoginHint($0) })
        {
            candidates = candidates.filter { hint.names($0.1, in: id) }
        } else if let domain = AuthorizationRequest.value("domain_hint", fields)?.lowercased() {
            candidates = candidates.filter { Self.fits($0.1, domain) }
        }
        switch candidates.count {
        case 0: self = .none
        case 1: self = .one(candidates[0].0, candidates[0].1)
        case _: self = .several(candidates)
        }
    }

    /// `organizations` is everybody here, `consumers` nobody, and a domain those who belong to it.
    private static func fits(_ user: User, _ hint: String) -> Bool {
        switch hint {
        case "organizations": true
        case "consumers": false
        case let domain:
            user.userPrincipalName.lowercased().hasSuffix("@" + domain)
                || user.mail?.lowercased().hasSuffix("@" + domain) == true
        }
    }
}
