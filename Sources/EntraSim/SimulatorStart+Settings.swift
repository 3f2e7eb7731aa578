import SimCore
import SimCrypto
import SimHTTP
import SimIdentity
import SimProvisioning
import SimRuntime

/// What the configuration means for the parts of a simulator.
extension SimulatorStart {
    var targetTimeouts: ClientTimeouts {
        let handshake = min(.seconds(10), configuration.targetTimeout)
        return ClientTimeouts(
            connect: handshake, tlsHandshake: handshake, response: configuration.targetTimeout)
    }

    func provisioningSettings() throws(SimulatorFailure)
        -> SimProvisioning.ProvisioningSettings
    {
        var settings = SimProvisioning.ProvisioningSettings()
        settings.interval = configuration.syncInterval
        // Calls in flight together arrive in any order; a seeded run must not depend on it.
        if configuration.seed != nil { settings.parallelism = 1 }
        try EngineSetting.apply(configuration.provisioningSettings, to: &settings)
        return settings
    }

    /// What the fixtures say, then what the configuration says.
    func identitySettings(
        _ loaded: TenantLoader.Loaded
    ) throws(SimulatorFailure) -> IdentitySettings {
        var settings = IdentitySettings()
        let ofFixtures = loaded.identitySettings.mapValues(\.value)
        try IdentitySetting.apply(ofFixtures, to: &settings)
        try IdentitySetting.apply(configuration.ownIdentitySettings, to: &settings)
        return settings
    }

    func targetTrust() throws(SimulatorFailure) -> TrustStore {
        guard let path = configuration.targetCAFile else { return .system }
        let text: [UInt8]
        do throws(FileFailure) {
            text = try FileAccess.read(path)
        } catch {
            throw SimulatorFailure(error)
        }
        do throws(CryptoError) {
            let certificates = try Certificate.all(inPEM: String(decoding: text, as: UTF8.self))
            guard !certificates.isEmpty else {
                throw CryptoError(operation: "read", reasons: ["no certificate in it"])
            }
            return .systemAnd(certificates)
        } catch {
            throw SimulatorFailure(
                "'\(path)' is no certificate file: \(error.reasons.joined(separator: ", "))",
                hint: "name a PEM file with the CA that signed the target's certificate")
        }
    }
}

extension SimulatorConfiguration {
    /// What the configuration itself says of the login endpoint, by name: the fixtures are not
    /// asked for these, so they may differ in them.
    var ownIdentitySettings: [String: String] {
        let hidden =
            showsDeveloperPanel
            ? [:] : [IdentitySetting.showsDeveloperPanel.rawValue: String(false)]
        return hidden.merging(identitySettings) { _, named in named }
    }
}

extension SimulatorConfiguration {
    /// The issuers outside that somebody named; the configuration's win over a fixture's.
    ///
    /// - Parameter issuers: of the fixtures; of two with the same name the last one counts.
    func issuerBook(_ issuers: [TrustedIssuer]) throws(SimulatorFailure) -> IssuerKeyBook {
        var book = IssuerKeyBook()
        for issuer in issuers { try issuer.enter(&book, keysFolder: keysFolder) }
        for (name, source) in trustedIssuers.sorted(by: { $0.key < $1.key }) {
            try TrustedIssuer(name, source).enter(&book, keysFolder: keysFolder)
        }
        return book
    }
}
