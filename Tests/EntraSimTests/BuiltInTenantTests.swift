import Foundation
import Testing

@testable import EntraSim

@Suite("The built-in tenant")
struct BuiltInTenantTests {
    private static let folder = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "tenants/contoso")

    private func text(_ path: String) throws -> String {
        try String(contentsOf: Self.folder.appending(path: path), encoding: .utf8)
    }

    @Test("is the text of tenants/contoso, byte for byte")
    func sameText() throws {
        let tenant = BuiltInTenant.contoso
        #expect(try text("tenant.json") == tenant.fixture + "\n")
        for target in tenant.targets {
            #expect(try text("targets/\(target.name).json") == target.fixture + "\n")
        }
    }

    @Test("leaves no file of the folder out")
    func allFiles() throws {
        let targets = try FileManager.default.contentsOfDirectory(
            atPath: Self.folder.appending(path: "targets").path)
        #expect(
            targets.sorted() == BuiltInTenant.contoso.targets.map { "\($0.name).json" }.sorted())
        let top = try FileManager.default.contentsOfDirectory(atPath: Self.folder.path)
        #expect(top.sorted() == ["targets", "tenant.json"])
    }
}
