/// The texts of `tenants/contoso/drills/`.
enum ContosoDrills {
    static let all: [BuiltInTenant.Target] = []
}
