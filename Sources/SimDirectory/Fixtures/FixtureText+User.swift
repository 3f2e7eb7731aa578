import SimCore

extension FixtureText {
    /// Keys of a user besides its attributes.
    private static let userKeys = [
        "id", "manager", "passwordProfile", "signIn", "createdDateTime", "businessPhones",
        "lastPasswordChangeDateTime",
    ]

    /// Reads one user: attributes under Entra's or Graph's names, `manager` by UPN,
    /// `passwordProfile`, `signIn`.
    /// - Parameter keepsText: false lets the text go when the draft outlives it (`users.jsonl`).
    func user(
        _ object: JSONObject, at path: [JSONStep], in context: FixtureContext, keepsText: Bool
    ) -> UserDraft? {
        guard let name = object["userPrincipalName"]?.stringValue, !name.isEmpty else {
            let found = object["userPrincipalName"]?.kindName
            note(
                found.map { .wrongKind(expected: "a user principal name", found: $0) }
                    ?? .missingKey("userPrincipalName"), at: path)
            return nil
        }
        if !context.isVerified(name) {
            let domain = name.split(separator: "@").last.map(String.init) ?? name
            note(
                .domainNotVerified(name), at: path + [.key("userPrincipalName")],
                nearest: NearestName.of(domain, in: context.domains))
        }
        var user = User(
            id: UserID(context.guid("user", name)), userPrincipalName: name, displayName: "",
            credential: UserCredential(password: context.defaultPassword),
            createdAt: context.createdAt)
        var manager: FixtureReference?
        for (index, member) in object.members.enumerated() {
            let place = path + [.key(member.name)]
            if object.members[..<index].contains(where: { $0.name == member.name }) {
                note(.duplicateKey(member.name), at: place)
            } else if member.name == "manager" {
                manager = managerReference(member.value, at: place, keepsText: keepsText)
            } else if Self.userKeys.contains(member.name) {
                readKey(member, of: &user, at: place)
            } else {
                readAttribute(member, of: &user, at: place)
            }
        }
        user.sessionsValidFrom = user.createdAt
        let localPart = String(name.prefix { $0 != "@" })
        if user.attributes["mailNickname"] == nil {
            user.attributes["mailNickname"] = .string(localPart)
        }
        if user.displayName.isEmpty {
            let parts = [user.givenName, user.surname].compactMap { $0 }
            user.displayName = parts.isEmpty ? localPart : parts.joined(separator: " ")
        }
        return UserDraft(
            user: user, manager: manager, place: self.place(path, keepsText: keepsText))
    }

    func place(_ path: [JSONStep], keepsText: Bool) -> FixturePlace {
        keepsText ? .text(self, path) : .line(file: file, firstLine, path)
    }

    private func managerReference(
        _ value: JSONValue, at path: [JSONStep], keepsText: Bool
    ) -> FixtureReference? {
        if value.isNull { return nil }
        guard let name = value.stringValue else {
            note(.wrongKind(expected: "a user principal name", found: value.kindName), at: path)
            return nil
        }
        return FixtureReference(name: name, place: place(path, keepsText: keepsText))
    }

    private func readAttribute(
        _ member: JSONObject.Member, of user: inout User, at path: [JSONStep]
    ) {
        guard let attribute = UserAttribute.named(member.name, value: member.value) else {
            let known = UserAttribute.names + Self.userKeys
            note(
                .unknownKey(member.name), at: path, nearest: NearestName.of(member.name, in: known))
            return
        }
        if member.value.isNull { return }
        guard attribute.kind.accepts(member.value) else {
            note(
                .wrongKind(expected: attribute.kind.noun, found: member.value.kindName), at: path)
            return
        }
        if attribute.name == "userType", let text = member.value.stringValue,
            User.UserType(rawValue: text) == nil
        {
            let known = User.UserType.allCases.map(\.rawValue)
            note(.notOneOf(known, found: text), at: path, nearest: NearestName.of(text, in: known))
            return
        }
        user.apply(AttributeChange(attribute.name, member.value))
    }

    private func readKey(
        _ member: JSONObject.Member, of user: inout User, at path: [JSONStep]
    ) {
        // A holder of the one key, so that the strict readers apply to it.
        let holder = FixtureObject(
            JSONObject([member]), at: Array(path.dropLast()), in: self)
        switch member.name {
        case "id":
            if let id = holder.identifier("id", UserKind.self) { user = user.withID(id) }
        case "createdDateTime":
            if let time = holder.timestamp("createdDateTime") { user.createdAt = time }
        case "lastPasswordChangeDateTime":
            user.credential.changedAt = holder.timestamp("lastPasswordChangeDateTime")
        case "businessPhones":
            if let phone = holder.strings("businessPhones")?.first {
                user.attributes["telephoneNumber"] = .string(phone.text)
            }
        case "passwordProfile":
            holder.object("passwordProfile") { profile in
                if profile.object["password"] == .null {
                    user.credential.password = nil
                    _ = profile.value("password")
                } else if let password = profile.string("password") {
                    user.credential.password = password
                }
                user.credential.mustChange =
                    profile.bool("forceChangePasswordNextSignIn") ?? false
                user.credential.isExpired = profile.bool("isExpired") ?? false
            }
        case "signIn":
            holder.object("signIn") { signIn in
                user.credential.requiresMFA = signIn.bool("requiresMFA") ?? false
                user.credential.lockedUntil = signIn.timestamp("lockedUntil")
                user.credential.secondFactor = secondFactor(signIn)
                user.situation = situation(signIn)
            }
        default: break
        }
    }
}

extension User {
    fileprivate func withID(_ id: UserID) -> User {
        User(
            id: id, userPrincipalName: userPrincipalName, displayName: displayName,
            accountEnabled: accountEnabled, userType: userType, attributes: attributes,
            manager: manager, credential: credential, createdAt: createdAt
        ).at(situation)
    }

    private func at(_ situation: SignInSituation) -> User {
        var user = self
        user.situation = situation
        return user
    }
}
