/// How a person proves more than a password. identity-platform.md §8.3.
package enum SecondFactorMethod: Hashable, Sendable {
    /// Nothing is registered yet: the first demand leads to enrolment.
    case none
    /// A code that stands on the page itself.
    case simulatedCode
    /// Passes by itself, as if somebody had tapped a phone.
    case autoApproved
    /// A real authenticator app with this secret. RFC 6238.
    case authenticator([UInt8])
    /// A simulated security key: phishing-resistant.
    case passkey

    /// The words fixtures and commands use.
    package enum Name: String, CaseIterable, Sendable {
        case none, simulatedCode, autoApproved, authenticator, passkey
    }

    package var name: Name {
        switch self {
        case .none: .none
        case .simulatedCode: .simulatedCode
        case .autoApproved: .autoApproved
        case .authenticator: .authenticator
        case .passkey: .passkey
        }
    }

    /// nil when the secret an authenticator app needs is not there or too short.
    package init?(_ name: Name, secret: [UInt8]?) {
        switch name {
        case .none: self = .none
        case .simulatedCode: self = .simulatedCode
        case .autoApproved: self = .autoApproved
        case .passkey: self = .passkey
        case .authenticator:
            guard let secret, secret.count >= Self.secretByteCount.lowerBound,
                secret.count <= Self.secretByteCount.upperBound
            else { return nil }
            self = .authenticator(secret)
        }
    }

    /// RFC 4226 §4, R6: at least 128 bits; shorter ones of ten bytes are common all the same.
    package static let secretByteCount = 10...64
}
