/// A tenant that is part of the binary: the same text as its folder in `tenants/`, which a test
/// compares, so that `demo` works wherever the binary is.
struct BuiltInTenant: Sendable {
    /// A file below `targets/` or `drills/`.
    struct Target: Sendable {
        let name: String
        let fixture: String
    }

    let name: String
    let fixture: String
    let targets: [Target]
    /// By name.
    let drills: [Target]

    static let contoso = BuiltInTenant(
        name: "contoso", fixture: ContosoFixture.tenant,
        targets: [
            Target(name: "claras", fixture: ContosoFixture.claras),
            Target(name: "claresia", fixture: ContosoFixture.claresia),
        ],
        drills: ContosoDrills.all)
}
