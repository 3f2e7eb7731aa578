import SimCore
import SimDirectory
import SimErrors

/// What a device polls with: a sealed reference to the authorization in a tenant's log.
struct DeviceCode: Hashable, Sendable {
    /// The tenant whose log holds the authorization.
    let tenant: TenantID
    let client: AppID
    let userCode: String
    let expiresAt: Timestamp

    func text(_ platform: IdentityPlatform) throws(AADSTSError) -> String {
        let record: JSONValue = [
            .string(tenant.description), .string(client.description), .string(userCode),
            .int(expiresAt.microseconds),
        ]
        guard let sealed = platform.sealed.seal(record, for: .deviceCode) else {
            throw .issuanceFailed
        }
        return GrantText.write(
            sealed, tenant: tenant, client: client,
            varying: platform.random.bytes(3, for: .grantID))
    }

    /// Reads a text; nil for one that is no device code of ours.
    init?(_ text: String, _ platform: IdentityPlatform) {
        guard let blob = GrantText.read(text),
            let fields = platform.sealed.open(blob, for: .deviceCode)?.arrayValue,
            fields.count == 4, let tenant = fields[0].stringValue.flatMap({ TenantID($0) }),
            let client = fields[1].stringValue.flatMap({ AppID($0) }),
            let userCode = fields[2].stringValue, let expires = fields[3].intValue
        else { return nil }
        self.init(
            tenant: tenant, client: client, userCode: userCode,
            expiresAt: Timestamp(microseconds: expires))
    }

    init(tenant: TenantID, client: AppID, userCode: String, expiresAt: Timestamp) {
        self.tenant = tenant
        self.client = client
        self.userCode = userCode
        self.expiresAt = expiresAt
    }
}
