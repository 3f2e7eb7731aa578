import SimCore
import SimDirectory
import SimHTTP
import Testing

@testable import SimProvisioning

/// Each row: what happens in Entra, and the writes that leave, byte for byte, in both dialects.
struct Transcript: CustomTestStringConvertible, Sendable {
    let title: String
    /// Where the truth came from.
    let source: String
    let event: @Sendable (inout TestDirectory) -> Void
    let standard: [String]
    let compliant: [String]

    var testDescription: String { "\(title) — \(source)" }

    private static let patch =
        #"{"schemas":["urn:ietf:params:scim:api:messages:2.0:PatchOp"],"Operations":["#
    private static let enterprise = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"

    private static func user(_ operations: String) -> String {
        "PATCH /scim/Users/u-ada \(patch)\(operations)]}"
    }

    private static func group(_ operations: String) -> String {
        "PATCH /scim/Groups/g-Builders \(patch)\(operations)]}"
    }

    static let all: [Transcript] = [
        Transcript(
            title: "changed, added, filtered and extension attributes",
            source: "provisioning.md §7.4 Update [D]",
            event: { directory in
                directory.set("ada", "displayName", "Ada Lovelace")
                directory.set("ada", "mail", "ada.l@fabrikam.example")
                directory.set("ada", "jobTitle", "Engineer")
                directory.set("ada", "employeeId", "8")
            },
            standard: [
                user(
                    #"{"op":"Replace","path":"displayName","value":"Ada Lovelace"},"#
                        + #"{"op":"Add","path":"title","value":"Engineer"},"#
                        + #"{"op":"Replace","path":"emails[type eq \"work\"].value","#
                        + #""value":"ada.l@fabrikam.example"},"#
                        + #"{"op":"Replace","path":"\#(enterprise):employeeNumber","value":"8"}"#)
            ],
            compliant: [
                user(
                    #"{"op":"add","path":"title","value":"Engineer"},"#
                        + #"{"op":"replace","path":"emails[type eq \"work\"].value","#
                        + #""value":"ada.l@fabrikam.example"},"#
                        + #"{"op":"replace","value":{"displayName":"Ada Lovelace","#
                        + #""\#(enterprise):employeeNumber":"8"}}"#)
            ]),
        Transcript(
            title: "a dotted name", source: "provisioning.md §7.4 grouping [D]",
            event: { $0.set("ada", "surname", "Lovelace") },
            standard: [
                user(
                    #"{"op":"Replace","path":"name.familyName","value":"Lovelace"},"#
                        + #"{"op":"Replace","path":"name.formatted","value":"Ada Lovelace"}"#)
            ],
            compliant: [
                user(
                    #"{"op":"replace","value":{"name.familyName":"Lovelace","#
                        + #""name.formatted":"Ada Lovelace"}}"#)
            ]),
        Transcript(
            title: "switched off", source: "provisioning.md §7.4 Disable [W]",
            event: { $0.set("ada", "accountEnabled", false) },
            standard: [user(#"{"op":"Replace","path":"active","value":"False"}"#)],
            compliant: [user(#"{"op":"replace","path":"active","value":false}"#)]),
        Transcript(
            title: "a manager", source: "provisioning.md §7.4 Manager [W]",
            event: { $0.setManager("bob", of: "ada") },
            standard: [
                user(#"{"op":"Add","path":"\#(enterprise):manager","value":"u-bob"}"#)
            ],
            compliant: [
                user(#"{"op":"add","path":"\#(enterprise):manager","value":"u-bob"}"#)
            ]),
        Transcript(
            title: "a renamed group", source: "provisioning.md §7.5 rename [D]",
            event: { $0.rename("Builders", "Makers") },
            standard: [group(#"{"op":"Replace","path":"displayName","value":"Makers"}"#)],
            compliant: [group(#"{"op":"replace","value":{"displayName":"Makers"}}"#)]),
        Transcript(
            title: "a member more", source: "provisioning.md §7.5 add member",
            event: { $0.addMember("ada", to: "Builders") },
            standard: [group(#"{"op":"Add","path":"members","value":[{"value":"u-ada"}]}"#)],
            compliant: [group(#"{"op":"add","path":"members","value":[{"value":"u-ada"}]}"#)]),
        Transcript(
            title: "a member less", source: "provisioning.md §7.5 remove member [D][W]",
            event: { $0.removeMember("bob", from: "Builders") },
            standard: [group(#"{"op":"Remove","path":"members","value":[{"value":"u-bob"}]}"#)],
            compliant: [group(#"{"op":"remove","path":"members[value eq \"u-bob\"]"}"#)]),
        Transcript(
            title: "a purged user", source: "provisioning.md §7.4 delete [D]",
            event: { directory in
                directory.append(.userDeleted(TestDirectory.userID("ada")))
                directory.append(.userPurged(TestDirectory.userID("ada")))
            },
            standard: ["DELETE /scim/Users/u-ada"], compliant: ["DELETE /scim/Users/u-ada"]),
        Transcript(
            title: "an unassigned group", source: "provisioning.md §7.5 delete [D]",
            event: { $0.unassign("Builders") }, standard: ["DELETE /scim/Groups/g-Builders"],
            compliant: ["DELETE /scim/Groups/g-Builders"]),
    ]
}

@Suite("Requests, byte for byte — provisioning.md §7")
struct TranscriptTests {
    private func bench(_ url: String) throws -> Bench {
        var directory = TestDirectory(tenantURL: url)
        directory.addUser("ada", ["employeeId": "7"])
        directory.addUser("bob")
        directory.addGroup("Builders", members: ["bob"])
        var bench = Bench(directory)
        try bench.cycle()
        return bench
    }

    @Test("writes in both dialects", arguments: Transcript.all)
    func writes(_ row: Transcript) throws {
        for (url, expected) in [
            ("https://target.example/scim", row.standard),
            ("https://target.example/scim/?aadOptscim062020", row.compliant),
        ] {
            var bench = try bench(url)
            row.event(&bench.directory)
            try bench.cycle()
            #expect(bench.writes == expected)
        }
    }

    @Test("the first cycle: probes, queries, creates in full — §7.3, §7.4, §7.5, §7.7")
    func firstCycle() throws {
        var directory = TestDirectory()
        directory.addUser(
            "ada",
            [
                "jobTitle": "Engineer", "preferredLanguage": "en-GB", "city": "Leeds",
                "physicalDeliveryOfficeName": "HQ", "telephoneNumber": "+44 1",
                "mobile": "+44 7", "facsimileTelephoneNumber": "+44 2", "employeeId": "7",
                "department": "R&D",
            ])
        directory.addGroup("Field Team")
        var bench = Bench(directory)
        bench.settings.parallelism = 1
        try bench.cycle()
        let probes = bench.target.calls.prefix(2).map { TinyTarget.filter($0)?.value ?? "" }
        let group = TestDirectory.groupID("Field Team")
        let text = bench.target.calls.map { call in
            let body = String(decoding: call.body, as: UTF8.self)
            return "\(call.method.rawValue) \(call.target)" + (body.isEmpty ? "" : "\n" + body)
        }
        #expect(GUID(probes[0]) != nil && GUID(probes[1]) != nil)
        #expect(
            text == [
                "GET /scim/Users?filter=userName+eq+%22\(probes[0])%22",
                "GET /scim/Groups?excludedAttributes=members"
                    + "&filter=displayName+eq+%22\(probes[1])%22",
                "GET /scim/Users?filter=userName+eq+%22ada%40fabrikam.example%22",
                """
                POST /scim/Users
                {"schemas":["urn:ietf:params:scim:schemas:core:2.0:User",\
                "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"],\
                "externalId":"ada","userName":"ada@fabrikam.example","active":true,\
                "displayName":"Ada Moss","title":"Engineer","preferredLanguage":"en-GB",\
                "name":{"givenName":"Ada","familyName":"Moss","formatted":"Ada Moss"},\
                "emails":[{"primary":true,"type":"work","value":"ada@fabrikam.example"}],\
                "addresses":[{"type":"work","primary":true,"formatted":"HQ","locality":"Leeds"}],\
                "phoneNumbers":[{"primary":true,"type":"work","value":"+44 1"},\
                {"type":"mobile","value":"+44 7"},{"type":"fax","value":"+44 2"}],\
                "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User":\
                {"employeeNumber":"7","department":"R&D"},\
                "meta":{"resourceType":"User"},"roles":[]}
                """,
                "GET /scim/Groups?excludedAttributes=members"
                    + "&filter=displayName+eq+%22Field+Team%22",
                """
                POST /scim/Groups
                {"schemas":["urn:ietf:params:scim:schemas:core:2.0:Group"],\
                "externalId":"\(group)","displayName":"Field Team",\
                "meta":{"resourceType":"Group"}}
                """,
            ])
    }

    @Test("linked objects are read by id; groups without their members — §7.4, §7.5")
    func reads() throws {
        var bench = try bench("https://target.example/scim")
        bench.directory.set("ada", "companyName", "X")
        bench.directory.rename("Builders", "Builders")
        try bench.cycle()
        #expect(
            bench.target.calls.dropFirst(2).map(\.target) == [
                "/scim/Users/u-ada", "/scim/Groups/g-Builders?excludedAttributes=members",
            ])
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
