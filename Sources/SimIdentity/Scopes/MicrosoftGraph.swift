import SimCore
import SimDirectory

/// Graph, which every tenant can address without registering it. identity-platform.md §0.
enum MicrosoftGraph {
    static let appID = AppID(GUID(high: 0x0000_0003_0000_0000, low: 0xC000_0000_0000_0000))
    static let resourceURI = "https://graph.microsoft.com"

    /// Whether a resource name means Graph; nil is the short form.
    static func isNamed(_ name: String?) -> Bool {
        guard let name else { return true }
        return name == resourceURI || name == resourceURI + "/"
            || name.lowercased() == appID.description
    }

    /// The resource of a tenant that holds no service principal of its own for Graph.
    static func builtIn(
        in tenant: any DirectoryQueries, requestedName: String?
    ) -> Resource {
        Resource(
            appID: appID, displayName: "Microsoft Graph",
            principal: ServicePrincipalID(
                GUID(seed: tenant.profile.id.guid.low, name: "Microsoft Graph")),
            requiresAssignment: false, scopes: scopes, appRoles: [], accessTokenVersion: .v1,
            groupMembershipClaims: nil, optionalClaims: nil, requestedName: requestedName)
    }

    private static let scopes: [AppRegistration.PermissionScope] =
        [
            ("User.Read", .user, "Sign you in and read your profile"),
            ("User.ReadWrite", .user, "Read and update your profile"),
            ("User.ReadBasic.All", .user, "Read all users' basic profiles"),
            ("Calendars.Read", .user, "Read your calendars"),
            ("Contacts.Read", .user, "Read your contacts"),
            ("Files.Read", .user, "Read your files"),
            ("Mail.Read", .user, "Read your mail"),
            ("Mail.Send", .user, "Send mail as you"),
            ("People.Read", .user, "Read your relevant people list"),
            ("Application.Read.All", .admin, "Read applications"),
            ("AuditLog.Read.All", .admin, "Read audit log data"),
            ("Directory.AccessAsUser.All", .admin, "Access the directory as you"),
            ("Directory.Read.All", .admin, "Read directory data"),
            ("Directory.ReadWrite.All", .admin, "Read and write directory data"),
            ("Group.Read.All", .admin, "Read all groups"),
            ("GroupMember.Read.All", .admin, "Read group memberships"),
            ("User.Read.All", .admin, "Read all users' full profiles"),
            ("User.ReadWrite.All", .admin, "Read and write all users' full profiles"),
        ].map(scope)

    private static func scope(
        _ value: String, _ consent: AppRegistration.PermissionScope.Consent, _ name: String
    ) -> AppRegistration.PermissionScope {
        AppRegistration.PermissionScope(
            id: PermissionScopeID(GUID(seed: 3, name: value)), value: value, consent: consent,
            displayName: name)
    }
}
