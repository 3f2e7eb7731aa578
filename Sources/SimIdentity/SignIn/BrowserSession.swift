import SimCore
import SimDirectory
import SimHTTP

/// A browser's sign-in at the login endpoint, kept in a sealed cookie. identity-platform.md §2.5.
struct BrowserSession: Hashable, Sendable {
    enum CookieName: String, CaseIterable, Sendable {
        case persistent = "ESTSAUTHPERSISTENT"
        case session = "ESTSAUTH"
    }

    /// Most applications a session remembers for its front-channel sign-out.
    static let applicationLimit = 40
    /// Longest cookie value read, in bytes.
    static let byteLimit = 8_192

    let tenant: TenantID
    let signIn: SignIn
    /// The person chose to stay signed in.
    let isPersistent: Bool
    let lastUsedAt: Timestamp
    /// Who got an answer in this session, oldest first.
    let applications: [AppID]

    /// Each use moves the end of the session.
    private var idleLimit: Duration {
        isPersistent ? TokenLifetime.persistentSessionIdle : TokenLifetime.sessionIdle
    }

    func isAlive(at now: Timestamp) -> Bool { now < lastUsedAt + idleLimit }

    /// The session after another application was served.
    func used(by app: AppID, at now: Timestamp) -> BrowserSession {
        BrowserSession(
            tenant: tenant, signIn: signIn, isPersistent: isPersistent, lastUsedAt: now,
            applications: (applications.filter { $0 != app } + [app])
                .suffix(Self.applicationLimit))
    }

    /// The session as a policy wants the browser to keep it.
    func kept(_ isPersistent: Bool) -> BrowserSession {
        BrowserSession(
            tenant: tenant, signIn: signIn, isPersistent: isPersistent, lastUsedAt: lastUsedAt,
            applications: applications)
    }

    /// The session whose sign-in says whether the browser keeps it.
    var kept: BrowserSession {
        var signIn = signIn
        signIn.staysSignedIn = isPersistent
        return BrowserSession(
            tenant: tenant, signIn: signIn, isPersistent: isPersistent, lastUsedAt: lastUsedAt,
            applications: applications)
    }

    var record: JSONValue {
        [
            .string(tenant.description), signIn.record, .bool(isPersistent),
            .int(lastUsedAt.microseconds),
            JSONValue(strings: applications.map(\.description)),
        ]
    }

    init(
        tenant: TenantID, signIn: SignIn, isPersistent: Bool, lastUsedAt: Timestamp,
        applications: [AppID] = []
    ) {
        self.tenant = tenant
        self.signIn = signIn
        self.isPersistent = isPersistent
        self.lastUsedAt = lastUsedAt
        self.applications = applications
    }

    init?(record: JSONValue) {
        guard let fields = record.arrayValue, fields.count == 5,
            let tenant = fields[0].stringValue.flatMap({ TenantID($0) }),
            let signIn = SignIn(record: fields[1]), let persistent = fields[2].boolValue,
            let used = fields[3].intValue, let apps = fields[4].arrayValue
        else { return nil }
        self.init(
            tenant: tenant, signIn: signIn, isPersistent: persistent,
            lastUsedAt: Timestamp(microseconds: used),
            applications: apps.compactMap { $0.stringValue.flatMap { AppID($0) } })
    }
}

extension IdentityPlatform {
    /// A new session's id: the service's start with a zero byte. identity-platform.md §4.3.
    func sessionID() -> GUID {
        let guid = random.guid(for: .sessionID)
        return GUID(high: guid.high & 0x00FF_FFFF_FFFF_FFFF, low: guid.low)
    }

    /// Cookies that end the session in the browser.
    func appendExpiredCookies(to headers: inout HTTPHeaders) {
        for name in BrowserSession.CookieName.allCases {
            headers.append(
                "Set-Cookie",
                "\(name.rawValue)=; expires=\(Timestamp.epoch.cookieDate); path=/; secure; "
                    + "HttpOnly; SameSite=None")
        }
    }
}
