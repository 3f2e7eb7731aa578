import SimCore
import SimDirectory
import SimErrors

/// One thing a policy asks for, in the order people are asked. identity-platform.md §8.2.
enum AccessNeed: Hashable, Sendable {
    case secondFactor(ConditionalAccessPolicy.Strength)
    case compliantDevice
    case joinedDevice
    /// Compliant or joined, whichever.
    case managedDevice
    case approvedApplication
    case protectedApplication
    case passwordChange
    case termsOfUse(String)

    /// Place in the order of prompts.
    var rank: Int {
        switch self {
        case .secondFactor: 0
        case .compliantDevice: 1
        case .joinedDevice: 2
        case .managedDevice: 3
        case .approvedApplication: 4
        case .protectedApplication: 5
        case .passwordChange: 6
        case .termsOfUse: 7
        }
    }

    /// Whether a person at a page can do something about it.
    var canBeAsked: Bool {
        switch self {
        case .secondFactor, .passwordChange, .termsOfUse: true
        case .compliantDevice, .joinedDevice, .managedDevice, .approvedApplication,
            .protectedApplication:
            false
        }
    }

    /// Whether it asks for a state of the device.
    var isAboutDevice: Bool {
        switch self {
        case .compliantDevice, .joinedDevice, .managedDevice: true
        case .secondFactor, .approvedApplication, .protectedApplication, .passwordChange,
            .termsOfUse:
            false
        }
    }

    /// What a session remembers when it was met.
    var mark: String? {
        switch self {
        case .passwordChange: "passwordChange"
        case .termsOfUse(let id): "termsOfUse/\(id)"
        case .secondFactor, .compliantDevice, .joinedDevice, .managedDevice,
            .approvedApplication, .protectedApplication:
            nil
        }
    }

    /// nil for `block`, which asks for nothing.
    init?(_ control: ConditionalAccessPolicy.Control) {
        switch control {
        case .block: return nil
        case .mfa: self = .secondFactor(.multifactor)
        case .compliantDevice: self = .compliantDevice
        case .domainJoinedDevice: self = .joinedDevice
        case .approvedApplication: self = .approvedApplication
        case .compliantApplication: self = .protectedApplication
        case .passwordChange: self = .passwordChange
        }
    }
}

extension ConditionalAccessPolicy.GrantControls {
    /// Everything asked for, in the order of prompts.
    var needs: [AccessNeed] {
        var needs = controls.compactMap { AccessNeed($0) } + termsOfUse.map { .termsOfUse($0) }
        if let strength { needs.append(.secondFactor(strength)) }
        return needs.sorted { $0.rank < $1.rank }
    }

    /// Words of the sign-in log.
    var logNames: [String] {
        var names = controls.map { control in
            switch control {
            case .block: "Block"
            case .mfa: "Mfa"
            case .compliantDevice: "RequireCompliantDevice"
            case .domainJoinedDevice: "RequireDomainJoinedDevice"
            case .approvedApplication: "RequireApprovedApp"
            case .compliantApplication: "RequireCompliantApp"
            case .passwordChange: "PasswordChange"
            }
        }
        if strength != nil { names.append("RequireAuthenticationStrength") }
        return names + termsOfUse.map { _ in "TermsOfUse" }
    }
}

extension ConditionalAccessPolicy.SessionControls {
    var logNames: [String] {
        (frequency == nil ? [] : ["SignInFrequency"])
            + (persistence == nil ? [] : ["PersistentBrowserSession"])
    }
}
