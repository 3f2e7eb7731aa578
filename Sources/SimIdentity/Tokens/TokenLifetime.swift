import SimCore

/// How long what is issued lives. Source: identity-platform.md §3.4.
enum TokenLifetime {
    /// `iat` and `nbf` lie this far before the moment of issue.
    static let backDate: Duration = .minutes(5)
    static let appOnly: Duration = .minutes(60)
    static let idToken: Duration = .minutes(60)
    static let code: Duration = .minutes(10)
    static let deviceCode: Duration = .seconds(900)
    static let refreshInactivity: Duration = .days(90)
    /// A single-page app's refresh tokens end a day after the sign-in, rotated or not.
    static let singlePageRefresh: Duration = .hours(24)
    static let sessionIdle: Duration = .hours(24)
    static let persistentSessionIdle: Duration = .days(90)

    /// Under continuous access evaluation: a day for an application, 20 to 28 hours for a person.
    static let continuous: Duration = .hours(24)
    private static let continuousRange = (least: 72_000, spread: 28_801)

    /// Of an app-only access token: an hour, unless a policy says otherwise.
    static func appOnly(
        _ settings: IdentitySettings, _ policy: Duration?, isContinuous: Bool = false
    ) -> Duration {
        settings.accessTokenLifetime ?? (isContinuous ? continuous : policy ?? appOnly)
    }

    /// Of a person's access token: 60 to 90 minutes, drawn per token so that an app's tokens do
    /// not all expire together, unless a policy says otherwise. Policies do not reach tokens under
    /// continuous access evaluation.
    static func user(
        _ random: any RandomSource, _ settings: IdentitySettings, _ resource: Resource,
        isContinuous: Bool = false
    ) -> Duration {
        if let lifetime = settings.accessTokenLifetime { return lifetime }
        if isContinuous {
            guard settings.variesTokenLifetime else { return continuous }
            let more = random.number(below: UInt64(continuousRange.spread), for: .lifetime)
            return .seconds(continuousRange.least + Int(more))
        }
        if let lifetime = resource.tokenLifetime { return lifetime }
        guard settings.variesTokenLifetime else { return .minutes(75) }
        return .seconds(3_600 + Int(random.number(below: 1_801, for: .lifetime)))
    }
}

extension Duration {
    /// Whole seconds, rounded towards zero.
    var wholeSeconds: Int64 { components.seconds }
}
