import SimCore
import SimDirectory

/// Where a request comes from, on what, at which risk: everything said about it, put together.
struct AccessFacts: Hashable, Sendable {
    /// As the log prints it.
    let addressText: String
    let address: IPAddress?
    let country: String?
    let platform: DevicePlatform?
    /// Compliant and joined devices are registered too; empty for an unknown one.
    let device: Set<DeviceTrait>
    let clientApp: AccessConditions.ClientAppType
    let risk: RiskLevel
    let userRisk: RiskLevel
    /// Name of the virtual network between; nil for none.
    let network: String?

    /// What is said nearest wins: the request's headers, the sign-in page's panel, the person's
    /// own setting, the connection.
    init(
        headers: SignInSituation, chosen: SignInSituation, user: SignInSituation?,
        connection: SignInSituation, clientApp: AccessConditions.ClientAppType
    ) {
        let situation = headers.over(chosen).over(user ?? SignInSituation()).over(connection)
        addressText = situation.address ?? ""
        address = situation.address.flatMap { IPAddress($0) }
        country = situation.country
        platform = situation.platform
        var device = Set(situation.device ?? [])
        if device.contains(.unregistered) {
            device = []
        } else if !device.isEmpty {
            device.insert(.registered)
        }
        self.device = device
        self.clientApp = clientApp
        risk = situation.risk ?? .none
        userRisk = situation.userRisk ?? .none
        network = situation.network
    }
}

/// The facts a request says about itself in headers, for tests.
enum SituationHeaders {
    static let prefix = "x-entra-sim-"

    /// A header whose value is none, as a person reads it.
    struct Fault: Error, Hashable, Sendable {
        let message: String
    }

    /// Header of a fact: `x-entra-sim-user-risk`.
    static func name(_ field: SituationField) -> String {
        switch field {
        case .userRisk: prefix + "user-risk"
        case .address, .country, .platform, .device, .risk, .network: prefix + field.rawValue
        }
    }

    private static let names = SituationField.allCases.map { (field: $0, name: name($0)) }

    static func read(_ request: Exchange) throws(Fault) -> SignInSituation {
        var situation = SignInSituation()
        let headers = request.request.headers
        // Nearly no request has one: a look at the first letters tells.
        guard headers.contains(prefix: prefix) else { return situation }
        for (field, name) in names {
            guard let text = headers[name] else { continue }
            guard situation.set(field, text) else {
                throw Fault(message: "the header \(name) takes \(field.noun), not '\(text)'")
            }
        }
        return situation
    }
}

extension DevicePlatform {
    /// From a browser's `User-Agent`; nil for other programs.
    init?(userAgent: String) {
        let marks: [(String, DevicePlatform)] = [
            ("Windows Phone", .windowsPhone), ("Windows", .windows), ("Android", .android),
            ("iPhone", .iOS), ("iPad", .iOS), ("Macintosh", .macOS), ("Linux", .linux),
            ("X11", .linux),
        ]
        guard let match = marks.first(where: { userAgent.contains(ascii: $0.0) }) else {
            return nil
        }
        self = match.1
    }
}

extension String {
    fileprivate func contains(ascii text: String) -> Bool {
        let wanted = Array(text.utf8)
        let bytes = Array(utf8)
        guard bytes.count >= wanted.count else { return false }
        return (0...(bytes.count - wanted.count)).contains { start in
            bytes[start..<(start + wanted.count)].elementsEqual(wanted)
        }
    }
}
