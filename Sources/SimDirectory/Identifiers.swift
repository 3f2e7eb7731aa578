import SimCore

package enum UserKind {}
package enum GroupKind {}
package enum ApplicationKind {}
package enum ClientKind {}
package enum ServicePrincipalKind {}
package enum TenantKind {}
package enum AppRoleKind {}
package enum AssignmentKind {}
package enum GrantKind {}
package enum ScopeKind {}
package enum CredentialKind {}
package enum AccessPolicyKind {}
package enum NamedLocationKind {}

/// Object id of a user.
package typealias UserID = Identifier<UserKind>
/// Object id of a group.
package typealias GroupID = Identifier<GroupKind>
/// Object id of an application object (the app registration); not the client id.
package typealias ApplicationID = Identifier<ApplicationKind>
/// `appId`, the client id: shared by the registration and its service principals.
package typealias AppID = Identifier<ClientKind>
/// Object id of a service principal (the enterprise app).
package typealias ServicePrincipalID = Identifier<ServicePrincipalKind>
package typealias TenantID = Identifier<TenantKind>
package typealias AppRoleID = Identifier<AppRoleKind>
package typealias AssignmentID = Identifier<AssignmentKind>
package typealias GrantID = Identifier<GrantKind>
package typealias PermissionScopeID = Identifier<ScopeKind>
/// `keyId` of a password or key credential.
package typealias CredentialID = Identifier<CredentialKind>
/// Object id of a Conditional Access policy.
package typealias AccessPolicyID = Identifier<AccessPolicyKind>
package typealias NamedLocationID = Identifier<NamedLocationKind>

extension Identifier where Kind == AppRoleKind {
    /// The all-zero role: access without a role, "Default Access" on the assignment page.
    package static var defaultAccess: Self { Self(.zero) }
}
