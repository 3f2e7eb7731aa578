import SimCore

extension FixtureText {
    /// End of a credential whose fixture says none: the service's old "never expires".
    private static let neverExpires = Timestamp(seconds: 10_413_705_600)

    /// `passwordCredentials`: secrets in plain text, public by nature.
    func passwords(
        _ reader: FixtureObject, of application: AppRegistration, _ context: FixtureContext
    ) -> [AppRegistration.PasswordCredential] {
        reader.objects("passwordCredentials") { entry in
            let id = entry.identifier("keyId", CredentialKind.self)
            let name = entry.string("displayName") ?? ""
            let start = entry.timestamp("startDateTime") ?? application.createdAt
            let end = entry.timestamp("endDateTime") ?? Self.neverExpires
            guard let secret = entry.requiredString("secretText") else { return nil }
            let key = "\(application.displayName)/secret/\(name)/\(secret)"
            return AppRegistration.PasswordCredential(
                keyID: id ?? CredentialID(context.guid("credential", key)), displayName: name,
                secret: secret, startsAt: start, endsAt: end)
        }
    }

    /// `keyCredentials`: certificates as PEM or as base64 of the DER form.
    func certificates(
        _ reader: FixtureObject, of application: AppRegistration, _ context: FixtureContext
    ) -> [AppRegistration.KeyCredential] {
        reader.objects("keyCredentials") { entry in
            let id = entry.identifier("keyId", CredentialKind.self)
            let name = entry.string("displayName") ?? ""
            let start = entry.timestamp("startDateTime") ?? application.createdAt
            let end = entry.timestamp("endDateTime") ?? Self.neverExpires
            guard let text = entry.requiredString("key") else { return nil }
            guard let der = Self.certificate(text) else {
                entry.note(.notA("a certificate in PEM or base64", found: "…"), at: "key")
                return nil
            }
            let key = "\(application.displayName)/certificate/\(Base64.encode(der))"
            return AppRegistration.KeyCredential(
                keyID: id ?? CredentialID(context.guid("credential", key)), displayName: name,
                certificate: der, startsAt: start, endsAt: end)
        }
    }

    /// `federatedIdentityCredentials`, as Graph writes them.
    func federatedCredentials(
        _ reader: FixtureObject
    ) -> [AppRegistration.FederatedCredential] {
        reader.objects("federatedIdentityCredentials") { entry in
            let name = entry.requiredString("name")
            let issuer = entry.requiredString("issuer")
            let subject = entry.requiredString("subject")
            let audiences = entry.strings("audiences")?.map(\.text)
            let description = entry.string("description")
            guard let name, let issuer, let subject else { return nil }
            return AppRegistration.FederatedCredential(
                name: name, issuer: issuer, subject: subject,
                audiences: audiences ?? [AppRegistration.FederatedCredential.usualAudience],
                description: description)
        }
    }

    /// DER from PEM or base64; line breaks are ignored. Only the outermost tag is looked at.
    private static func certificate(_ text: String) -> [UInt8]? {
        let lines = text.split(whereSeparator: \.isNewline).map(String.init)
        let body = lines.filter { !$0.hasPrefix("-----") }.joined()
        guard let der = Base64.decode(body), der.count > 4, der[0] == 0x30 else { return nil }
        return der
    }

    /// The `provisioning` block: what the provisioning page of the enterprise app stores.
    func provisioning(
        _ reader: FixtureObject, of application: AppRegistration, _ context: FixtureContext
    ) -> ProvisioningConfiguration? {
        let configuration = reader.object("provisioning") { block -> ProvisioningConfiguration? in
            let template = block.string("templateId") ?? "scim"
            let derived = ProvisioningConfiguration.jobID(
                tenant: context.tenant, template: template,
                guid: context.guid("provisioningJob", application.displayName))
            let jobID = block.string("jobId") ?? derived
            let url = block.requiredString("tenantUrl")
            var configuration = ProvisioningConfiguration(
                jobID: jobID, tenantURL: url ?? "", secretToken: block.string("secretToken"))
            if let authentication = authentication(block) {
                configuration.authentication = authentication
            }
            configuration.templateID = template
            configuration.scope =
                block.choice("scope", ProvisioningConfiguration.Scope.self) ?? .assignedOnly
            configuration.provisionsGroups = block.bool("provisionGroups") ?? true
            configuration.startsEnabled = block.bool("enabled") ?? true
            configuration.skipsOutOfScopeDeletions =
                block.bool("skipOutOfScopeDeletions") ?? false
            configuration.notifications =
                block.object("notifications") { notifications in
                    SyncNotificationSettings(
                        isEnabled: notifications.bool("enabled") ?? true,
                        recipients: notifications.string("recipients") ?? "",
                        deleteThreshold: notifications.integer("deleteThreshold")
                            .map { max(1, Int(clamping: $0)) })
                } ?? SyncNotificationSettings()
            configuration.schema = block.object("schema") { schema in
                for member in schema.object.members { _ = schema.value(member.name) }
                return .object(schema.object)
            }
            configuration.expressions =
                block.object("expressionSettings", expressions) ?? .standard
            guard let url else { return nil }
            if !url.hasPrefix("{origin}/"), !AppRegistration.RedirectURI.isAbsolute(url) {
                block.note(.notA("an absolute URL or {origin}/…", found: url), at: "tenantUrl")
            }
            return configuration
        }
        return configuration ?? nil
    }

    private func expressions(_ block: FixtureObject) -> ExpressionSettings {
        var settings = ExpressionSettings()
        for name in ExpressionSettings.Name.allCases {
            guard let value = block.value(name.rawValue) else { continue }
            let text = value.stringValue ?? value.boolValue.map { String($0) } ?? value.text
            if !settings.set(name, to: text) {
                block.note(
                    .notOneOf(name.values, found: text), at: name.rawValue,
                    nearest: NearestName.of(text, in: name.values))
            }
        }
        return settings
    }
}
