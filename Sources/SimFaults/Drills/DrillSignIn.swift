import SimCore

/// Somebody signs in to an app, or the app renews what it has; a browser and an app play it
/// against the login endpoint's own pages and documents.
///
/// JSON: `{"user": "a@b.test"}`, `{"how": "renew"}`, `{"how": "secret", "app": "Nightly export"}`,
/// `{"user": "a@b.test", "clock": "-10m", "keys": "cached"}`.
package struct DrillSignIn: Hashable, Sendable {
    package enum Way: String, CaseIterable, Sendable {
        /// A person fills in the pages; the app redeems the code and validates the ID token.
        case page
        /// The browser is asked without a page: `prompt=none`.
        case silent
        /// The app redeems its refresh token.
        case renew
        /// The app signs in as itself with its secret.
        case secret
    }

    /// What the app does with a key it has not seen.
    package enum KeyCache: String, CaseIterable, Sendable {
        /// Reads the key document again, once: what libraries do.
        case refresh
        /// Believes what it has for a day.
        case cached
    }

    static let keys = [
        "how", "user", "password", "app", "from", "clock", "keys", "mfa", "patience", "scope",
    ]
    /// How long a client waits for an answer.
    static let defaultPatience: Duration = .seconds(30)

    package let way: Way
    /// nil: whoever signed in last, or the app itself.
    package let user: String?
    /// nil: the one in the fixture.
    package let password: String?
    package let app: String?
    /// Address of the browser.
    package let address: String?
    /// How far the app's clock is from the right time.
    package let clockOffset: Duration
    package let keyCache: KeyCache
    /// The person approves a second factor that is asked for.
    package let approvesSecondFactor: Bool
    package let patience: Duration
    package let scope: String?

    init(_ json: JSONValue) throws(FaultRuleError) {
        let reader = try FaultObjectReader(json, keys: Self.keys, place: "'signIn'")
        way = try reader.choice("how") ?? .page
        user = try reader.string("user")
        password = try reader.string("password")
        app = try reader.string("app")
        address = try reader.string("from")
        clockOffset = try Self.offset(reader)
        keyCache = try reader.choice("keys") ?? .refresh
        approvesSecondFactor = try reader.bool("mfa") ?? false
        patience = try reader.duration("patience") ?? Self.defaultPatience
        scope = try reader.string("scope")
        switch way {
        case .page:
            guard user != nil else {
                throw FaultRuleError("'signIn' lacks the key 'user'", hint: "whose sign-in is it?")
            }
        case .silent, .renew: break
        case .secret:
            guard user == nil else {
                throw FaultRuleError(
                    "'user' in 'signIn' does not go with 'secret': the app is nobody else",
                    path: [.key("user")])
            }
        }
    }

    /// `7m`, `-10m`
    private static func offset(_ reader: FaultObjectReader) throws(FaultRuleError) -> Duration {
        guard let text = try reader.string("clock") else { return .zero }
        let isBehind = text.hasPrefix("-")
        let digits = isBehind || text.hasPrefix("+") ? String(text.dropFirst()) : text
        guard let duration = FaultDuration.parse(digits) else {
            throw FaultRuleError(
                "'clock' in 'signIn' is not a duration: '\(text)'",
                hint: "write it as 7m or -7m", path: [.key("clock")])
        }
        return isBehind ? .zero - duration : duration
    }
}
