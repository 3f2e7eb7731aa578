import SimCore

extension FixtureText {
    /// Reads one group; `members` names users by UPN, groups and applications by display name.
    func group(
        _ object: JSONObject, at path: [JSONStep], in context: FixtureContext, keepsText: Bool
    ) -> GroupDraft? {
        let reader = FixtureObject(object, at: path, in: self)
        defer { reader.finish() }
        let name = reader.requiredString("displayName")
        let id = reader.identifier("id", GroupKind.self)
        let description = reader.string("description")
        let nickname = reader.string("mailNickname")
        let mail = reader.string("mail")
        let isMailEnabled = reader.bool("mailEnabled") ?? false
        let isSecurityEnabled = reader.bool("securityEnabled") ?? true
        let createdAt = reader.timestamp("createdDateTime") ?? context.createdAt
        let samName = reader.string("onPremisesSamAccountName")
        let domain = reader.string("onPremisesDomainName")
        let netBIOS = reader.string("onPremisesNetBiosName")
        let members = (reader.strings("members") ?? []).map { member in
            FixtureReference(
                name: member.text, place: place(member.path, keepsText: keepsText))
        }
        guard let name else { return nil }
        var group = Group(
            id: id ?? GroupID(context.guid("group", name)), displayName: name,
            description: description,
            mailNickname: nickname
                ?? String(context.guid("mailNickname", name).description.prefix(10)),
            mail: mail, mailEnabled: isMailEnabled, securityEnabled: isSecurityEnabled,
            createdAt: createdAt)
        group.onPremises = samName.map {
            OnPremisesNames(samAccountName: $0, domainName: domain, netBIOSName: netBIOS)
        }
        return GroupDraft(
            group: group, members: members, place: place(path, keepsText: keepsText))
    }
}
