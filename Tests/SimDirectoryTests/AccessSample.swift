import SimCore
import SimDirectory

/// A policy with everything in it, one about workloads, and locations.
enum AccessSample {
    static func id(_ name: String) -> GUID { GUID(seed: 1, name: name) }

    static let situation: SignInSituation = {
        var situation = SignInSituation()
        situation.address = "203.0.113.7"
        situation.country = "FR"
        situation.platform = .windows
        situation.device = [.compliant, .domainJoined]
        situation.risk = .medium
        situation.userRisk = .low
        return situation
    }()

    static let office = NamedLocation(
        id: NamedLocationID(id("office")), displayName: "Office",
        kind: .addresses(
            ["203.0.113.0/24", "2001:db8::/32"].compactMap(AddressRange.init), isTrusted: true),
        createdAt: Sample.start)

    static let europe = NamedLocation(
        id: office.id, displayName: "Europe",
        kind: .countries(["FR", "DE"], includesUnknown: true), createdAt: Sample.start)

    static let everything: ConditionalAccessPolicy = {
        var conditions = AccessConditions()
        conditions.includePeople.everyone = true
        conditions.includePeople.roles = [id("role")]
        conditions.excludePeople.guests = true
        conditions.excludePeople.users = [Sample.userID("ann")]
        conditions.excludePeople.groups = [Sample.groupID("sales")]
        conditions.includeTargets.all = true
        conditions.includeTargets.suites = [.office365]
        conditions.excludeTargets.apps = [Sample.application.appID]
        conditions.userActions = [.registerSecurityInfo]
        conditions.authenticationContexts = ["c1"]
        conditions.clientAppTypes = [.browser]
        conditions.platforms = AccessConditions.Sides(include: [], exclude: [.iOS])
        conditions.locations = AccessConditions.Sides(
            include: [.all], exclude: [.allTrusted, .trustedByFactorSettings, .named(office.id)])
        conditions.signInRiskLevels = [.medium, .high]
        conditions.userRiskLevels = [.high]
        var policy = ConditionalAccessPolicy(
            id: AccessPolicyID(id("policy")), displayName: "Everything", createdAt: Sample.start,
            state: .reportOnly, conditions: conditions,
            grant: .init(
                .all, [.mfa, .compliantDevice, .passwordChange], strength: .phishingResistant,
                termsOfUse: ["visitors"]),
            session: .init(frequency: .init(.every(8, .hours)), persistence: .never))
        policy.modifiedAt = Sample.start + .days(1)
        return policy
    }()

    static let workloads: ConditionalAccessPolicy = {
        var conditions = AccessConditions()
        conditions.workloads = {
            var workloads = AccessConditions.Workloads()
            workloads.allOwn = true
            workloads.exclude = [Sample.servicePrincipal.id]
            return workloads
        }()
        return ConditionalAccessPolicy(
            id: everything.id, displayName: "No workloads", createdAt: Sample.start,
            conditions: conditions, grant: .init(.any, [.block]),
            session: .init(frequency: .init(.everyTime, scope: .secondaryAuthentication)))
    }()
}
