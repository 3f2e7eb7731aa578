import SimCore

/// A group object. Its members are held by the directory's membership table, not here.
package struct Group: Hashable, Sendable {
    package let id: GroupID
    package var displayName: String
    package var description: String?
    package var mailNickname: String
    package var mail: String?
    package var mailEnabled: Bool
    package var securityEnabled: Bool
    /// Names of a group that comes from an Active Directory; nil for a cloud group.
    package var onPremises: OnPremisesNames?
    package var createdAt: Timestamp

    package init(
        id: GroupID, displayName: String, description: String? = nil, mailNickname: String,
        mail: String? = nil, mailEnabled: Bool = false, securityEnabled: Bool = true,
        createdAt: Timestamp
    ) {
        self.id = id
        self.displayName = displayName
        self.description = description
        self.mailNickname = mailNickname
        self.mail = mail
        self.mailEnabled = mailEnabled
        self.securityEnabled = securityEnabled
        onPremises = nil
        self.createdAt = createdAt
    }
}

/// Graph's `onPremisesSamAccountName`, `onPremisesDomainName`, `onPremisesNetBiosName`.
package struct OnPremisesNames: Hashable, Sendable {
    package let samAccountName: String
    /// DNS name of the domain.
    package let domainName: String?
    package let netBIOSName: String?

    package init(samAccountName: String, domainName: String? = nil, netBIOSName: String? = nil) {
        self.samAccountName = samAccountName
        self.domainName = domainName
        self.netBIOSName = netBIOSName
    }
}

/// Something a group can contain or a role can be assigned to.
package enum Principal: Hashable, Sendable {
    case user(UserID)
    case group(GroupID)
    case servicePrincipal(ServicePrincipalID)
}
