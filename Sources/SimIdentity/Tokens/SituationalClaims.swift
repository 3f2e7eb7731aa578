import SimCore
import SimDirectory

/// Claims that depend on where and on what a person signs in, and on the state of the account.
/// identity-platform.md §4.2: version 1 and Graph; some are optional claims of others (§4.7).
struct SituationalClaims: Sendable {
    let user: User
    let signIn: SignIn
    let tenant: any DirectoryQueries
    let facts: AccessFacts
    let now: Timestamp

    /// Where people change a password; the value of the service's password errors.
    static let passwordPage = "https://portal.microsoftonline.com/ChangePassword.aspx"

    /// The claims every v1 token has when they are true.
    func addV1(to claims: inout ClaimSet) {
        if user.userType == .guest { claims.set("altsecid", "5::" + passportID) }
        claims.set("deviceid", deviceID)
        claims.set("in_corp", insideNetwork)
        if let expiry = tenant.policies.passwordExpiry, let end = user.passwordExpires(expiry),
            end - now <= .days(expiry.notificationDays)
        {
            claims.set("pwd_exp", passwordExpiry)
            claims.set("pwd_url", Self.passwordPage)
        }
    }

    /// What an access token for Graph says besides.
    ///
    /// - Parameter clientSubject: the person's `sub` in tokens for the client itself.
    func addGraph(to claims: inout ClaimSet, clientSubject: String) {
        claims.set("platf", facts.platform.map(Self.number))
        claims.set("puid", passportID)
        claims.set("signin_state", state)
        claims.set("xms_st", json: ["sub": .string(clientSubject)])
    }

    /// One of them as an optional claim of any token.
    func addOptional(_ name: String, to claims: inout ClaimSet) {
        switch name {
        case "in_corp": claims.set(name, insideNetwork)
        case "pwd_exp": claims.set(name, passwordExpiry)
        case "pwd_url" where passwordExpiry != nil: claims.set(name, Self.passwordPage)
        case "vnet": claims.set(name, facts.network)
        // The person's own address is told where a network stands between.
        case "fwd" where facts.network != nil: claims.set(name, facts.addressText)
        case "ztdid" where facts.device.contains(.autopilot):
            claims.set(name, derived("ztdid").description)
        case _: break
        }
    }

    /// Seconds until the password expires; nil when it never does.
    private var passwordExpiry: String? {
        user.passwordExpires(tenant.policies.passwordExpiry).map {
            String(max(0, ($0 - now).wholeSeconds))
        }
    }

    /// 16 digits, as the accounts of the service's older directory have them.
    private var passportID: String {
        let digits = derived("puid").description.filter { $0 != "-" }.uppercased()
        return "1003" + digits.prefix(12)
    }

    private var deviceID: String? {
        facts.device.contains(.registered) ? derived("device").description : nil
    }

    /// Stable for a person: nothing of it is stored.
    private func derived(_ purpose: String) -> GUID {
        GUID(seed: user.id.guid.low, name: "\(purpose)/\(user.id)")
    }

    private var isInsideNetwork: Bool {
        tenant.namedLocations.contains {
            $0.isTrusted && $0.contains(address: facts.address, country: facts.country)
        }
    }

    private var insideNetwork: String? { isInsideNetwork ? "true" : nil }

    /// What is known of network, device and browser, in the service's words (unverified order).
    private var state: [String] {
        let device = facts.device
        var words: [String] = []
        if !device.isDisjoint(with: [.compliant, .domainJoined]) { words.append("dvc_mngd") }
        if device.contains(.compliant) { words.append("dvc_cmp") }
        if device.contains(.domainJoined) { words.append("dvc_dmjd") }
        if isInsideNetwork { words.append("inknownntwk") }
        if signIn.staysSignedIn { words.append("kmsi") }
        return words
    }

    /// The service's number of an operating system (unverified).
    private static func number(_ platform: DevicePlatform) -> String {
        switch platform {
        case .android: "1"
        case .iOS: "2"
        case .windows: "3"
        case .windowsPhone: "4"
        case .macOS: "5"
        case .linux: "8"
        }
    }
}
