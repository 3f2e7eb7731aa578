import SimCore
import SimDirectory
import SimHTTP
import Testing

@testable import SimProvisioning

@Suite("Header fields and tenant URLs — provisioning.md §7.1, §7.2")
struct RequestShapeTests {
    private func bench(_ url: String) throws -> Bench {
        var directory = TestDirectory(tenantURL: url)
        directory.addUser("ada", ["employeeId": "7"])
        directory.addUser("bob")
        directory.addGroup("Builders", members: ["bob"])
        var bench = Bench(directory)
        try bench.cycle()
        return bench
    }

    @Test("header fields and their order; no user agent; flags stay with the service — §7.1, §7.2")
    func headers() throws {
        let bench = try bench("https://target.example/scim?aadOptscim062020&x=1")
        let cycle = bench.state.lastExecution?.id.description ?? ""
        for call in bench.target.calls {
            let hasBody = !call.body.isEmpty
            #expect(
                call.headers.fields.map(\.name)
                    == ["Authorization", "Accept"] + (hasBody ? ["Content-Type"] : [])
                    + ["ADSCIMVersion"])
            #expect(call.headers["Accept"] == "application/scim+json")
            #expect(
                call.headers["ADSCIMVersion"]
                    == "Date:\(TestDirectory.start.iso8601), ActivityId:\(cycle)")
            #expect(!call.target.contains("aadOptscim062020"))
            if hasBody {
                #expect(
                    call.headers["Content-Type"] == "application/scim+json; charset=utf-8")
            }
        }
    }

    /// Bodies of the writes of a job with `template`, first a create and then a change.
    private func writes(_ template: String) throws -> [String] {
        var directory = TestDirectory { $0.templateID = template }
        directory.addUser("ada", ["department": "Yard"])
        directory.addUser("bob")
        directory.setManager("bob", of: "ada")
        directory.addGroup("Builders", members: ["bob"])
        var bench = Bench(directory)
        try bench.cycle()
        bench.directory.set("ada", "department", "Dock")
        try bench.cycle(forgettingCalls: false)
        return bench.target.calls.map { String(decoding: $0.body, as: UTF8.self) }
    }

    @Test("a job of the old template names the second group schema and writes dots — §1.1, §7.5")
    func oldTemplate() throws {
        let old = try writes("customappsso")
        let schema = "http://schemas.microsoft.com/2006/11/ResourceManagement/ADSCIM/2.0/Group"
        let core = "urn:ietf:params:scim:schemas:core:2.0:Group"
        let extended = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"
        #expect(old.contains { $0.hasPrefix("{\"schemas\":[\"\(core)\",\"\(schema)\"],") })
        for name in ["department", "manager"] {
            #expect(old.contains { $0.contains("\"path\":\"\(extended).\(name)\"") })
        }
        let new = try writes("scim")
        #expect(new.contains { $0.hasPrefix("{\"schemas\":[\"\(core)\"],") })
        for name in ["department", "manager"] {
            #expect(new.contains { $0.contains("\"path\":\"\(extended):\(name)\"") })
        }
        #expect(!new.contains { $0.contains(schema) || $0.contains("\(extended).") })
    }

    @Test(
        "tenant URLs as people type them",
        arguments: [
            ("https://a.example/scim", "https://a.example", "/scim", false),
            ("https://A.example:443/scim/v2/", "https://a.example", "/scim/v2", false),
            ("http://localhost:5000", "http://localhost:5000", "", false),
            ("https://a.example/scim/?aadOptscim062020", "https://a.example", "/scim", true),
            ("https://[::1]:8/x", "https://[::1]:8", "/x", false),
            ("{origin}/apps/roster/scim", "https://localhost:8443", "/apps/roster/scim", false),
        ])
    func addresses(url: String, origin: String, path: String, isCompliant: Bool) throws {
        let address = try TargetAddress(parsing: url, origin: "https://localhost:8443")
        #expect(address.origin == origin)
        #expect(address.basePath == path)
        #expect((address.dialect == .compliant) == isCompliant)
    }

    @Test(
        "a tenant URL that is none says what is wrong",
        arguments: [
            ("", TargetAddress.ParseError.missing), ("ftp://a", .unknownScheme("ftp")),
            ("target.example/scim", .unknownScheme("target.example/scim")),
            ("https://", .missingHost), ("https://a:99999/", .invalidPort("99999")),
            ("https://me:pw@a/", .userInformation),
        ])
    func wrongAddress(url: String, error: TargetAddress.ParseError) {
        #expect(throws: error) { try TargetAddress(parsing: url, origin: "") }
    }
}
