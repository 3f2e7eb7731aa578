import SimCore

/// Risk as detection rates it. identity-platform.md §8.1.
package enum RiskLevel: String, CaseIterable, Sendable {
    case none, low, medium, high, hidden
}

/// Operating system of the device in front of the person. identity-platform.md §8.1.
package enum DevicePlatform: String, CaseIterable, Sendable {
    case android, iOS, windows, windowsPhone, macOS, linux
}

/// What the directory knows of the device in front of the person.
package enum DeviceTrait: String, CaseIterable, Sendable {
    /// Known to the directory; compliant and joined devices are registered too.
    case registered
    case compliant
    /// Hybrid joined.
    case domainJoined
    /// Its object is switched off.
    case disabled
    /// Delivered by Windows Autopilot.
    case autopilot
    /// Explicitly not known, whatever else is set for the person.
    case unregistered
}

/// Where a person signs in from and on what: set for tests, because no detection is simulated.
/// What is nil comes from somewhere else: the person's own setting, then the connection.
package struct SignInSituation: Hashable, Sendable {
    /// IPv4 or IPv6.
    package var address: String?
    /// Two letters, upper case.
    package var country: String?
    package var platform: DevicePlatform?
    /// Sorted by name; nil says nothing about the device, which is then unregistered.
    package var device: [DeviceTrait]?
    /// Of this sign-in.
    package var risk: RiskLevel?
    /// Of the account.
    package var userRisk: RiskLevel?
    /// Name of the virtual network the request comes through.
    package var network: String?

    package init() {}

    /// What this one leaves open filled from another.
    package func over(_ other: SignInSituation) -> SignInSituation {
        var result = self
        result.address = address ?? other.address
        // A country belongs to its address.
        result.country = country ?? (address == nil ? other.country : nil)
        result.platform = platform ?? other.platform
        result.device = device ?? other.device
        result.risk = risk ?? other.risk
        result.userRisk = userRisk ?? other.userRisk
        result.network = network ?? other.network
        return result
    }

    package var isEmpty: Bool { self == SignInSituation() }
}

/// The facts of a situation, for headers, forms, bodies and fixtures alike.
package enum SituationField: String, CaseIterable, Sendable {
    case address, country, platform, device, risk, userRisk, network

    /// What a value must be, for a message.
    package var noun: String {
        switch self {
        case .address: "an IP address"
        case .country: "a country code of two letters"
        case .platform: Self.list(DevicePlatform.allCases.map(\.rawValue))
        case .device: Self.list(DeviceTrait.allCases.map(\.rawValue))
        case .risk, .userRisk: Self.list(RiskLevel.allCases.map(\.rawValue))
        case .network: "the name of a virtual network, at most 64 letters, digits and -._"
        }
    }

    private static func list(_ words: [String]) -> String {
        "one of \(words.joined(separator: ", "))"
    }
}

extension SignInSituation {
    /// Sets one fact from its text; false when the text is none.
    package mutating func set(_ field: SituationField, _ text: String) -> Bool {
        switch field {
        case .address:
            guard IPAddress(text) != nil else { return false }
            address = text
        case .country:
            guard text.utf8.count == 2, text.allSatisfy({ $0.isASCII && $0.isLetter }) else {
                return false
            }
            country = text.uppercased()
        case .platform:
            guard let known = DevicePlatform(rawValue: text) else { return false }
            platform = known
        case .device:
            let words = text.split(whereSeparator: { $0 == "," || $0 == " " })
            let traits = words.compactMap { DeviceTrait(rawValue: String($0)) }
            guard !traits.isEmpty, traits.count == words.count else { return false }
            device = Array(Set(traits)).sorted { $0.rawValue < $1.rawValue }
        case .risk:
            guard let level = RiskLevel(rawValue: text) else { return false }
            risk = level
        case .userRisk:
            guard let level = RiskLevel(rawValue: text) else { return false }
            userRisk = level
        case .network:
            guard Self.isNetworkName(text) else { return false }
            network = text
        }
        return true
    }

    private static func isNetworkName(_ text: String) -> Bool {
        (1...64).contains(text.utf8.count)
            && text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "-._".contains($0)) }
    }

    /// The text of one fact; nil when nothing is said.
    package func text(_ field: SituationField) -> String? {
        switch field {
        case .address: address
        case .country: country
        case .platform: platform?.rawValue
        case .device: device?.map(\.rawValue).joined(separator: ",")
        case .risk: risk?.rawValue
        case .userRisk: userRisk?.rawValue
        case .network: network
        }
    }

    /// `{"address":"203.0.113.7","device":"compliant"}`: what is said, in the order of the fields.
    package var json: JSONObject {
        var object = JSONObject()
        for field in SituationField.allCases {
            object.appendIfPresent(field.rawValue, text(field))
        }
        return object
    }

    /// Reads `json` back; what it does not understand is not said.
    package init(json: JSONObject) {
        self.init()
        for field in SituationField.allCases {
            if let text = json[field.rawValue]?.stringValue { _ = set(field, text) }
        }
    }
}
