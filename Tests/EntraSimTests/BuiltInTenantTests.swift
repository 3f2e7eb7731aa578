import Foundation
import SimCore
import Testing

@testable import EntraSim

@Suite("The tenant in the binary")
struct BuiltInTenantTests {
    @Test("says what its folder says, file by file")
    func sameAsFolder() throws {
        let folder = URL(filePath: #filePath)
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "tenants/contoso")
        func file(_ path: String) throws -> JSONValue {
            try JSONValue(
                parsing: String(contentsOf: folder.appending(path: path), encoding: .utf8))
        }
        let tenant = BuiltInTenant.contoso
        #expect(try JSONValue(parsing: tenant.fixture) == file("tenant.json"))
        let names = try FileManager.default
            .contentsOfDirectory(atPath: folder.appending(path: "targets").path).sorted()
        #expect(names == tenant.targets.map { "\($0.name).json" })
        for target in tenant.targets {
            #expect(
                try JSONValue(parsing: target.fixture) == file("targets/\(target.name).json"))
        }
    }
}
