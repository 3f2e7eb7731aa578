import SimCore

/// The applications that are in every tenant without anybody having created them.
///
/// Identifiers of Microsoft Graph and of its permissions are the public ones of the service; the
/// object ids are derived from the tenant's.
package enum BuiltInApplications {
    /// `00000003-0000-0000-c000-000000000000`
    package static let graphAppID = AppID(
        GUID(high: 0x0000_0003_0000_0000, low: 0xC000_0000_0000_0000))

    package static func isBuiltIn(_ appID: AppID) -> Bool { appID == graphAppID }

    /// Microsoft Graph as registration (which no tenant lists) and as enterprise app of `tenant`.
    package static func graph(
        in tenant: TenantID
    ) -> (application: AppRegistration, servicePrincipal: ServicePrincipal) {
        let seed = tenant.guid.high ^ tenant.guid.low
        var application = AppRegistration(
            id: ApplicationID(GUID(seed: 0, name: "application/Microsoft Graph")),
            appID: graphAppID, displayName: "Microsoft Graph", createdAt: .epoch)
        application.signInAudience = .multipleOrganizations
        application.identifierURIs = [
            "https://graph.microsoft.com", "https://graph.microsoft.com/",
        ]
        application.requestedAccessTokenVersion = 1
        application.scopes = delegatedScopes
        application.appRoles = applicationRoles
        let servicePrincipal = ServicePrincipal(
            id: ServicePrincipalID(GUID(seed: seed, name: "servicePrincipal/Microsoft Graph")),
            appID: graphAppID, displayName: "Microsoft Graph", createdAt: .epoch)
        return (application, servicePrincipal)
    }

    private static let delegatedScopes: [AppRegistration.PermissionScope] = [
        scope("37f7f235-527c-4136-accd-4a02d197296e", "openid", "Sign users in"),
        scope("14dad69e-099b-42c9-810b-d002981feec1", "profile", "View users' basic profile"),
        scope("64a6cdd6-aab1-4aaf-94b8-3cc8405e90d0", "email", "View users' email address"),
        scope(
            "7427e0e9-2fba-42fe-b0c0-848c9e6a8182", "offline_access",
            "Maintain access to data you have given it access to"),
        scope(
            "e1fe6dd8-ba31-4d61-89e7-88639da4683d", "User.Read",
            "Sign in and read user profile"),
        scope(
            "b4e74841-8e56-480b-be8b-910348b18b4c", "User.ReadWrite",
            "Read and write access to user profile"),
        scope(
            "b340eb25-3456-403f-be2f-af7a0d370277", "User.ReadBasic.All",
            "Read all users' basic profiles"),
        scope(
            "a154be20-db9c-4678-8ab7-66f6cc099a59", "User.Read.All",
            "Read all users' full profiles",
            .admin),
        scope(
            "204e0828-b5ca-4ad8-b9f3-f32a958e7cc4", "User.ReadWrite.All",
            "Read and write all users' full profiles", .admin),
        scope("5f8c59db-677d-491f-a6b8-5f174b11ec1d", "Group.Read.All", "Read all groups", .admin),
        scope(
            "4e46008b-f24c-477d-8fff-7bb4ec7aafe0", "Group.ReadWrite.All",
            "Read and write all groups", .admin),
        scope(
            "bc024368-1153-4739-b217-4326f2e966d0", "GroupMember.Read.All",
            "Read group memberships", .admin),
        scope(
            "06da0dbc-49e2-44d2-8312-53f166ab848a", "Directory.Read.All", "Read directory data",
            .admin),
        scope(
            "c79f8feb-a9db-4090-85f9-90d820caa0eb", "Application.Read.All", "Read applications",
            .admin),
        scope("570282fd-fa5c-430d-a7fd-fc8dc98a9dca", "Mail.Read", "Read user mail"),
        scope("465a38f9-76ea-45b9-9f34-9e8b0d4b0b42", "Calendars.Read", "Read user calendars"),
    ].compactMap { $0 }

    private static let applicationRoles: [AppRegistration.AppRole] = [
        role(
            "df021288-bdef-4463-88db-98f22de89214", "User.Read.All",
            "Read all users' full profiles"),
        role(
            "741f803b-c850-494e-b5df-cde7c675a1ca", "User.ReadWrite.All",
            "Read and write all users' full profiles"),
        role("5b567255-7703-4780-807c-7be8301ae99b", "Group.Read.All", "Read all groups"),
        role(
            "62a82d76-70ea-41e2-9197-370581804d09", "Group.ReadWrite.All",
            "Read and write all groups"),
        role("7ab1d382-f21e-4acd-a863-ba3e13f7da61", "Directory.Read.All", "Read directory data"),
        role(
            "9a5d68dd-52b0-4cc2-bd40-abcf44ac3a30", "Application.Read.All",
            "Read all applications"),
        role(
            "9b50c33d-700f-43b1-b2eb-87e89b703581", "Synchronization.ReadWrite.All",
            "Read and write all Azure AD synchronization data"),
    ].compactMap { $0 }

    private static func scope(
        _ id: String, _ value: String, _ displayName: String,
        _ consent: AppRegistration.PermissionScope.Consent = .user
    ) -> AppRegistration.PermissionScope? {
        PermissionScopeID(id).map {
            .init(id: $0, value: value, consent: consent, displayName: displayName)
        }
    }

    private static func role(
        _ id: String, _ value: String, _ displayName: String
    ) -> AppRegistration.AppRole? {
        AppRoleID(id).map {
            .init(
                id: $0, value: value, displayName: displayName,
                allowedMemberTypes: [.application])
        }
    }
}
