import SimCore

/// Whether people of other tenants may come in as guests, and one's own may be guests elsewhere:
/// Graph's cross-tenant access policy, B2B collaboration for all users and applications.
package struct CrossTenantAccess: Hashable, Sendable {
    /// `accessType` of Graph.
    package enum AccessType: String, CaseIterable, Sendable {
        case allowed, blocked
    }

    /// What differs for one other tenant; nil leaves the default.
    package struct Partner: Hashable, Sendable {
        package let tenant: TenantID
        package var inbound: AccessType?
        package var outbound: AccessType?

        package init(tenant: TenantID, inbound: AccessType? = nil, outbound: AccessType? = nil) {
            self.tenant = tenant
            self.inbound = inbound
            self.outbound = outbound
        }
    }

    package var inbound = AccessType.allowed
    package var outbound = AccessType.allowed
    /// In order of creation, each tenant once.
    package var partners: [Partner] = []

    package init() {}

    /// Whether people of `tenant` may come in.
    package func admits(_ tenant: TenantID) -> Bool {
        (partner(tenant)?.inbound ?? inbound) == .allowed
    }

    /// Whether this tenant's people may go to `tenant`.
    package func lets(outTo tenant: TenantID) -> Bool {
        (partner(tenant)?.outbound ?? outbound) == .allowed
    }

    private func partner(_ tenant: TenantID) -> Partner? {
        partners.first { $0.tenant == tenant }
    }
}
