import SimCore
import SimDirectory
import SimErrors
import SimHTTP

/// Everybody who is signed in in one browser, the last used first. identity-platform.md §2.5.
struct BrowserSessions: Sendable {
    /// Most people a browser remembers.
    static let limit = 8
    /// Longest cookie value written: browsers drop longer cookies.
    static let writtenByteLimit = 3_800

    private(set) var all: [BrowserSession]

    init(_ all: [BrowserSession]) {
        self.all = all
    }

    func session(_ id: GUID) -> BrowserSession? { all.first { $0.signIn.sessionID == id } }

    /// With `session` in front, in place of an older one of the same person.
    func including(_ session: BrowserSession) -> BrowserSessions {
        let others = all.filter {
            $0.signIn.user != session.signIn.user || $0.tenant != session.tenant
        }
        return BrowserSessions(Array(([session] + others).prefix(Self.limit)))
    }

    /// Without one session.
    func excluding(_ id: GUID) -> BrowserSessions {
        BrowserSessions(all.filter { $0.signIn.sessionID != id })
    }

    /// The sessions kept beyond the browser's own life.
    var persistent: BrowserSessions { BrowserSessions(all.filter(\.isPersistent)) }

    var record: JSONValue { .array(all.map(\.record)) }

    init?(record: JSONValue) {
        guard let records = record.arrayValue, records.count <= Self.limit else { return nil }
        all = records.compactMap { BrowserSession(record: $0) }
    }

    /// Somewhat less: the oldest session, or the oldest applications of the only one; nil when
    /// there is nothing left to leave out.
    private var shorter: BrowserSessions? {
        if all.count > 1 { return BrowserSessions(all.dropLast()) }
        guard let only = all.first, !only.applications.isEmpty else { return nil }
        return BrowserSessions([only.remembering(only.applications.count / 2)])
    }

    /// The cookie's value; nil when there is nothing to keep.
    func text(_ platform: IdentityPlatform) -> String? {
        guard !all.isEmpty, let bytes = platform.sealed.seal(record, for: .session) else {
            return nil
        }
        let text = Base64.urlEncode(bytes)
        guard text.utf8.count > Self.writtenByteLimit else { return text }
        return shorter?.text(platform)
    }
}

extension BrowserSession {
    /// The session with only the newest of its applications.
    fileprivate func remembering(_ count: Int) -> BrowserSession {
        BrowserSession(
            tenant: tenant, signIn: signIn, isPersistent: isPersistent, lastUsedAt: lastUsedAt,
            applications: applications.suffix(count))
    }
}

extension IdentityPlatform {
    /// Who is signed in in the browser: sessions that are alive and whose person may still use
    /// them, the last used first.
    func sessions(_ exchange: Exchange) -> BrowserSessions {
        let found = kept(exchange).filter { user(of: $0, at: exchange.now) != nil }
        return BrowserSessions(
            found.enumerated().sorted {
                ($0.element.lastUsedAt, -$0.offset) > ($1.element.lastUsedAt, -$1.offset)
            }.map(\.element))
    }

    /// Every session in the browser's cookies, each once.
    private func kept(_ exchange: Exchange) -> [BrowserSession] {
        var found: [BrowserSession] = []
        for name in BrowserSession.CookieName.allCases {
            guard let text = exchange.cookies[name.rawValue],
                text.utf8.count <= BrowserSession.byteLimit,
                let bytes = Base64.urlDecode(text),
                let sessions = sealed.open(bytes, for: .session).flatMap(
                    BrowserSessions.init(record:))
            else { continue }
            for session in sessions.all
            where !found.contains(where: { $0.signIn.sessionID == session.signIn.sessionID }) {
                found.append(session)
            }
        }
        return found
    }

    /// Why the browser's session in a tenant does not count any more, although it is not over by
    /// itself; nil when there is none. aadsts.md §8.
    func endOfSession(
        _ exchange: Exchange, in tenant: any DirectoryQueries
    ) -> AADSTSError.SessionEnd? {
        for session in kept(exchange)
        where session.tenant == tenant.tenantID && session.isAlive(at: exchange.now) {
            let began = session.signIn.authenticatedAt
            guard let user = tenant.user(session.signIn.user), user.deletedAt == nil,
                user.sessionsCount(of: session.signIn, at: exchange.now) > began
            else { continue }
            return user.passwordChangedAt + User.instant > began ? .passwordChanged : .revoked
        }
        return nil
    }

    /// The person of a session that still counts.
    func user(of session: BrowserSession, at now: Timestamp) -> User? {
        guard session.isAlive(at: now),
            let user = tenants.tenant(session.tenant)?.user(session.signIn.user),
            user.deletedAt == nil,
            user.sessionsCount(of: session.signIn, at: now) <= session.signIn.authenticatedAt
        else { return nil }
        return user
    }

    /// The session used last, if anybody is signed in.
    func session(_ exchange: Exchange) -> (session: BrowserSession, user: User)? {
        guard let session = sessions(exchange).all.first,
            let user = user(of: session, at: exchange.now)
        else { return nil }
        return (session, user)
    }

    /// The session of a sign-in, as the browser keeps it.
    func session(of signIn: SignIn, _ exchange: Exchange) -> (BrowserSession, User)? {
        guard let session = sessions(exchange).session(signIn.sessionID),
            let user = user(of: session, at: exchange.now)
        else { return nil }
        return (session, user)
    }

    /// The cookies that keep a session beside the others of the browser.
    func appendCookies(
        of session: BrowserSession, to headers: inout HTTPHeaders, _ exchange: Exchange
    ) {
        append(sessions(exchange).including(session), to: &headers, exchange)
    }

    /// The cookies that keep these sessions; without any, cookies that end them. The persistent
    /// ones outlive the browser.
    func append(
        _ sessions: BrowserSessions, to headers: inout HTTPHeaders, _ exchange: Exchange
    ) {
        let attributes = "path=/; secure; HttpOnly; SameSite=None"
        guard let value = sessions.text(self) else {
            appendExpiredCookies(to: &headers)
            return
        }
        headers.append(
            "Set-Cookie", "\(BrowserSession.CookieName.session.rawValue)=\(value); \(attributes)")
        let name = BrowserSession.CookieName.persistent.rawValue
        if let value = sessions.persistent.text(self) {
            let end = (exchange.now + TokenLifetime.persistentSessionIdle).cookieDate
            headers.append("Set-Cookie", "\(name)=\(value); expires=\(end); \(attributes)")
        } else if exchange.cookies[name] != nil {
            let end = Timestamp.epoch.cookieDate
            headers.append("Set-Cookie", "\(name)=; expires=\(end); \(attributes)")
        }
    }
}
