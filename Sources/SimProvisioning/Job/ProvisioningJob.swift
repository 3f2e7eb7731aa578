import SimCore
import SimDirectory

/// A job as configured: everything a cycle needs that is not the directory and not its own past.
package struct ProvisioningJob: Sendable {
    package let id: String
    package let tenant: TenantID
    package let servicePrincipal: ServicePrincipalID
    package let displayName: String
    package let configuration: ProvisioningConfiguration
    package let schema: SynchronizationSchema
    package let settings: ProvisioningSettings
    package private(set) var address: TargetAddress
    /// How the job gets an access token; nil when it sends its secret token as it is.
    package let tokenGrant: TokenGrant?
    /// The bearer of its calls: the secret token as entered, or where that is blank a token of the
    /// tenant. nil where a token endpoint is asked. provisioning.md §10.1.
    let bearer: String?
    /// What of its credentials no text may show.
    package let secrets: SecretTexts
    /// Fingerprint of the mappings: another one means another initial cycle. provisioning.md §1.9.
    package let mappings: UInt64
    let users: CompiledMapping?
    let groups: CompiledMapping?

    /// Why a job cannot run, before anything was sent.
    package enum ConfigurationError: Error, Hashable, Sendable {
        case notConfigured(servicePrincipal: String)
        case address(TargetAddress.ParseError)
        case tokenEndpoint(TargetAddress.ParseError)
        case schema(SchemaError)

        package var explanation: String {
            switch self {
            case .notConfigured(let name): "'\(name)' has no provisioning configuration"
            case .address(let error): error.explanation
            case .tokenEndpoint(let error):
                error.explanation.replacingOccurrences(of: "tenant URL", with: "token endpoint")
            case .schema(let error): error.explanation
            }
        }
    }

    /// - Parameters:
    ///   - origin: the simulator's own address, for `{origin}` in the tenant URL.
    ///   - blankSecretToken: what stands in for a blank secret.
    package init(
        tenant: TenantID, servicePrincipal: ServicePrincipal, origin: String,
        settings: ProvisioningSettings = ProvisioningSettings(), blankSecretToken: String? = nil
    ) throws(ConfigurationError) {
        guard let configuration = servicePrincipal.provisioning else {
            throw .notConfigured(servicePrincipal: servicePrincipal.displayName)
        }
        id = configuration.jobID
        self.tenant = tenant
        self.servicePrincipal = servicePrincipal.id
        displayName = servicePrincipal.displayName
        self.configuration = configuration
        mappings = configuration.mappingFingerprint
        self.settings = settings
        do {
            address = try TargetAddress(parsing: configuration.tenantURL, origin: origin)
        } catch {
            throw .address(error)
        }
        do {
            tokenGrant = try TokenGrant(
                configuration.authentication, appID: servicePrincipal.appID, origin: origin)
        } catch {
            throw .tokenEndpoint(error)
        }
        bearer = configuration.hasBlankSecret ? blankSecretToken : configuration.secretToken
        secrets = SecretTexts(of: configuration.authentication, issued: bearer)
        do {
            var schema = SynchronizationSchema.customApp(
                jobID: configuration.jobID, version: servicePrincipal.createdAt)
            if let own = configuration.schema {
                try schema.replaceMappings(with: own, settings: configuration.expressions)
            }
            users = try schema.compiledMapping(.user)
            groups =
                configuration.provisionsGroups ? try schema.compiledMapping(.group) : nil
            self.schema = schema
        } catch {
            throw .schema(error)
        }
    }

    /// The job as provisioning on demand uses it.
    var onDemand: ProvisioningJob {
        var job = self
        job.address = address.ignoringDialectFlag
        return job
    }

    /// A job of the old template, with the wire it had before December 2018. provisioning.md §1.1.
    var isLegacy: Bool { configuration.templateID == ObjectNames.targetDirectory }

    /// Disables and deletes of one cycle above which they are held back; nil for any number.
    package var deletionThreshold: Int? {
        configuration.notifications.deleteThreshold ?? settings.accidentalDeletionThreshold
    }

    func mapping(_ kind: ObjectKey.Kind) -> CompiledMapping? {
        switch kind {
        case .user: users
        case .group: groups
        }
    }

    /// The secret as configured with every occurrence in `text` replaced: no token may reach a
    /// record, a report or an error text.
    func redacted(_ text: String) -> String { secrets.hidden(in: text) }
}

extension ProvisioningConfiguration {
    /// A bearer token is to be sent, and none was entered.
    package var hasBlankSecret: Bool {
        switch authentication {
        case .bearer(let token): token?.isEmpty ?? true
        case .clientCredentials, .workloadIdentity: false
        }
    }

    /// Changes with every saved mapping or scoping filter, and with nothing else; credentials and
    /// the scope setting need no restart. provisioning.md §1.6, §1.9.
    package var mappingFingerprint: UInt64 {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        // Nothing for the defaults: the fingerprints of stored jobs stay what they were.
        let expressions =
            expressions == .standard ? [] : JSONValue.object(expressions.json).serialized
        for byte in (schema?.serialized ?? []) + [provisionsGroups ? 1 : 0] + expressions {
            hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3
        }
        return hash
    }
}

extension String {
    /// Every occurrence of `wanted` replaced, left to right, without overlap.
    func replacingOccurrences(of wanted: String, with replacement: String) -> String {
        let source = Array(utf8)
        let needle = Array(wanted.utf8)
        guard !needle.isEmpty, source.count >= needle.count else { return self }
        var out: [UInt8] = []
        var index = 0
        var found = false
        while index < source.count {
            if source[index] == needle[0], index + needle.count <= source.count,
                source[index..<(index + needle.count)].elementsEqual(needle)
            {
                out.append(contentsOf: replacement.utf8)
                index += needle.count
                found = true
            } else {
                out.append(source[index])
                index += 1
            }
        }
        return found ? String(decoding: out, as: UTF8.self) : self
    }
}
