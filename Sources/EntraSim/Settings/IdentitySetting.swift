import SimCore
import SimIdentity
import SimPortal

/// What a person may set about the login endpoint, for all tenants of a simulator: where the
/// published material leaves a choice, and what a load test or a demo wants otherwise.
/// identity-platform.md §11.6.
enum IdentitySetting: String, NamedSetting {
    case issuers, descriptionSeparator, tenantRegionScope
    case variesTokenLifetime, accessTokenLifetime, sealsGraphTokens
    case guardsAgainstLoops, showsTestAccounts, showsDeveloperPanel, marksContinuousTokens

    typealias Settings = IdentitySettings

    static let owner = "login endpoint"

    var value: SettingValue<Settings> {
        switch self {
        case .issuers: .choice(\.issuers)
        case .descriptionSeparator:
            .word(["space", "crlf"]) { settings, text in
                settings.descriptionSeparator = text == "crlf" ? .crlf : .space
            }
        case .tenantRegionScope: .choice(\.tenantRegionScope)
        case .variesTokenLifetime: .flag(\.variesTokenLifetime)
        case .accessTokenLifetime:
            .text("a duration such as 10m or 24h, or off", Self.putLifetime)
        case .sealsGraphTokens: .flag(\.sealsGraphTokens)
        case .guardsAgainstLoops: .flag(\.guardsAgainstLoops)
        case .showsTestAccounts: .flag(\.showsTestAccounts)
        case .showsDeveloperPanel: .flag(\.showsDeveloperPanel)
        case .marksContinuousTokens: .flag(\.marksContinuousTokens)
        }
    }

    private static func putLifetime(_ settings: inout Settings, _ text: String) -> Bool {
        if text == "off" {
            settings.accessTokenLifetime = nil
            return true
        }
        guard let lifetime = DurationText.parse(text), lifetime > .zero else { return false }
        settings.accessTokenLifetime = lifetime
        return true
    }
}
