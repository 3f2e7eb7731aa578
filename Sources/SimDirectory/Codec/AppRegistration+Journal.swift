import SimCore

extension AppRegistration {
    var journalObject: JSONObject {
        var object: JSONObject = [
            "id": .id(id), "appId": .id(appID), "name": .string(displayName),
            "created": .time(createdAt),
        ]
        if signInAudience != .myOrganization {
            object.append("audience", .string(signInAudience.rawValue))
        }
        object.appendUnlessEmpty("identifierUris", identifierURIs.map { .string($0) })
        object.appendUnlessEmpty(
            "redirectUris",
            redirectURIs.map { .array([.string($0.platform.rawValue), .string($0.uri)]) })
        object.appendIfPresent("logoutUrl", logoutURL)
        object.appendIfPresent("homePageUrl", homePageURL)
        object.append("idTokens", enablesIDTokenIssuance, unless: false)
        object.append("accessTokens", enablesAccessTokenIssuance, unless: false)
        object.append("fallbackPublic", isFallbackPublicClient, unless: false)
        if parentalControls != ParentalControls() {
            object.append(
                "minors",
                .array(
                    ([parentalControls.rule.rawValue] + parentalControls.blockedCountries).map {
                        .string($0)
                    }))
        }
        object.appendIfPresent(
            "tokenVersion", requestedAccessTokenVersion.map { .int(Int64($0)) })
        object.appendUnlessEmpty("scopes", scopes.map { .object($0.journalObject) })
        object.appendUnlessEmpty("roles", appRoles.map { .object($0.journalObject) })
        object.appendUnlessEmpty("secrets", passwordCredentials.map { .object($0.journalObject) })
        object.appendUnlessEmpty("certificates", keyCredentials.map { .object($0.journalObject) })
        object.appendUnlessEmpty(
            "federated", federatedCredentials.map { .object($0.journalObject) })
        object.appendUnlessEmpty(
            "preAuthorized",
            preAuthorizedApplications.map { trusted in
                .array([.id(trusted.appID)] + trusted.scopes.map { .id($0) })
            })
        object.appendUnlessEmpty("needs", requiredResourceAccess.map(\.journalValue))
        object.appendIfPresent("lifetime", tokenLifetimePolicy.map { .id($0) })
        object.appendIfPresent("groupClaims", groupMembershipClaims)
        object.appendIfPresent("optionalClaims", optionalClaims)
        return object
    }

    init(journal fields: JournalFields) throws(EventCodecError) {
        self.init(
            id: try fields.id("id"), appID: try fields.id("appId"),
            displayName: try fields.string("name"), createdAt: try fields.time("created"))
        if try fields.optionalString("audience") != nil {
            signInAudience = try fields.choice("audience")
        }
        identifierURIs = try fields.strings("identifierUris")
        redirectURIs = try fields.array("redirectUris").map { value throws(EventCodecError) in
            guard case .array(let pair) = value, pair.count == 2,
                let platform = pair[0].stringValue.flatMap(Platform.init),
                case .string(let uri) = pair[1]
            else { throw .wrongKind(key: "redirectUris") }
            return RedirectURI(uri: uri, platform: platform)
        }
        logoutURL = try fields.optionalString("logoutUrl")
        homePageURL = try fields.optionalString("homePageUrl")
        enablesIDTokenIssuance = try fields.bool("idTokens", default: false)
        enablesAccessTokenIssuance = try fields.bool("accessTokens", default: false)
        isFallbackPublicClient = try fields.bool("fallbackPublic", default: false)
        let minors = try fields.strings("minors")
        if let name = minors.first {
            guard let rule = ParentalControls.Rule(rawValue: name) else {
                throw .wrongKind(key: "minors")
            }
            parentalControls = ParentalControls(
                rule: rule, blockedCountries: Array(minors.dropFirst()))
        }
        requestedAccessTokenVersion = try fields.optionalInt("tokenVersion").map(
            Int.init(clamping:))
        scopes = try fields.objects("scopes").map { scope throws(EventCodecError) in
            try PermissionScope(journal: scope)
        }
        appRoles = try fields.objects("roles").map { role throws(EventCodecError) in
            try AppRole(journal: role)
        }
        passwordCredentials = try fields.objects("secrets").map { secret throws(EventCodecError) in
            try PasswordCredential(journal: secret)
        }
        keyCredentials = try fields.objects("certificates").map { key throws(EventCodecError) in
            try KeyCredential(journal: key)
        }
        federatedCredentials = try fields.objects("federated").map {
            trust throws(EventCodecError) in
            try FederatedCredential(journal: trust)
        }
        preAuthorizedApplications = try fields.array("preAuthorized").map {
            value throws(EventCodecError) in
            let texts = value.arrayValue?.compactMap(\.stringValue) ?? []
            guard let app = texts.first.flatMap({ AppID($0) }) else {
                throw .wrongKind(key: "preAuthorized")
            }
            return PreAuthorizedApplication(
                appID: app, scopes: texts.dropFirst().compactMap { PermissionScopeID($0) })
        }
        requiredResourceAccess = try RequiredResourceAccess.list(journal: fields, "needs")
        tokenLifetimePolicy = try fields.optionalID("lifetime")
        groupMembershipClaims = try fields.optionalString("groupClaims")
        optionalClaims = fields.value("optionalClaims")
    }
}

extension AppRegistration.PermissionScope {
    var journalObject: JSONObject {
        var object: JSONObject = [
            "id": .id(id), "value": .string(value), "type": .string(consent.rawValue),
            "name": .string(displayName),
        ]
        object.append("enabled", isEnabled, unless: true)
        return object
    }

    init(journal fields: JournalFields) throws(EventCodecError) {
        self.init(
            id: try fields.id("id"), value: try fields.string("value"),
            consent: try fields.choice("type"), displayName: try fields.string("name"),
            isEnabled: try fields.bool("enabled", default: true))
    }
}

extension AppRegistration.AppRole {
    var journalObject: JSONObject {
        var object: JSONObject = ["id": .id(id), "name": .string(displayName)]
        object.appendIfPresent("value", value)
        object.appendUnlessEmpty("members", allowedMemberTypes.map { .string($0.rawValue) })
        object.append("enabled", isEnabled, unless: true)
        return object
    }

    init(journal fields: JournalFields) throws(EventCodecError) {
        let types = try fields.strings("members").map { text throws(EventCodecError) in
            guard let type = MemberType(rawValue: text) else {
                throw .unknown(key: "members", value: text)
            }
            return type
        }
        self.init(
            id: try fields.id("id"), value: try fields.optionalString("value"),
            displayName: try fields.string("name"), allowedMemberTypes: types,
            isEnabled: try fields.bool("enabled", default: true))
    }
}

extension AppRegistration.PasswordCredential {
    var journalObject: JSONObject {
        [
            "id": .id(keyID), "name": .string(displayName), "secret": .string(secret),
            "from": .time(startsAt), "to": .time(endsAt),
        ]
    }

    init(journal fields: JournalFields) throws(EventCodecError) {
        self.init(
            keyID: try fields.id("id"), displayName: try fields.string("name"),
            secret: try fields.string("secret"), startsAt: try fields.time("from"),
            endsAt: try fields.time("to"))
    }
}

extension AppRegistration.KeyCredential {
    var journalObject: JSONObject {
        [
            "id": .id(keyID), "name": .string(displayName),
            "der": .string(Base64.encode(certificate)), "from": .time(startsAt),
            "to": .time(endsAt),
        ]
    }

    init(journal fields: JournalFields) throws(EventCodecError) {
        self.init(
            keyID: try fields.id("id"), displayName: try fields.string("name"),
            certificate: try fields.bytes("der"), startsAt: try fields.time("from"),
            endsAt: try fields.time("to"))
    }
}
