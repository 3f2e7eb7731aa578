import SimCore
import Testing

@testable import SimDirectory

@Suite("A device's authorization in the log — RFC 8628")
struct DeviceAuthorizationTests {
    @Test("each user code is issued once and answered once")
    func once() throws {
        let tenant = Tenant(snapshot: DirectorySnapshot(profile: Sample.profile))
        let declined = TenantEvent.deviceAuthorization(Sample.answered(.declined))
        let approved = TenantEvent.deviceAuthorization(Sample.answered(.approved(Sample.approval)))
        let refused = TenantError.alreadyRedeemed(digest: Sample.device.userCode)
        #expect(throws: refused) { try tenant.append([declined], at: Sample.start) }
        try tenant.append([.deviceAuthorization(Sample.device)], at: Sample.start)
        #expect(throws: refused) {
            try tenant.append([.deviceAuthorization(Sample.device)], at: Sample.start)
        }
        try tenant.append([approved], at: Sample.start)
        #expect(throws: refused) { try tenant.append([declined], at: Sample.start) }
        #expect(
            tenant.snapshot().deviceAuthorization(userCode: Sample.device.userCode)
                == Sample.answered(.approved(Sample.approval)))
    }
}
