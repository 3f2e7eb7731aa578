import EntraSim
import SimCore
import SimHTTP
import Testing

/// The rows that need a running simulator; the others stand in `Tests/SimProvisioningTests`, whose
/// suite also sees to it that no row is without a test.
///
/// Where Entra offers a behaviour through Microsoft Graph, the tests here use this simulator's
/// control API: the same job, another address.
@Suite("Summary table — provisioning.md §13")
struct SummaryTableTests {
    private static let job = "apps/Claresia/provisioning"

    @Test("Object connection removal")
    func objectConnectionRemoval() async throws {
        let scene = try Scene()
        let control = try ControlClient(scene)
        let claresia = scene.provisioning("Claresia")
        try await claresia.runCycle()
        let adele = try scene.directory.user("adele.vance@contoso.example")
        let place = "\(Self.job)/object-connections"
        let found = try await control.send(.get, "\(place)/\(adele.id)")
        let target = try #require(try found.json["targetAnchor"]?.stringValue)
        #expect(try found.json["sourceAnchor"]?.stringValue == adele.id)
        #expect(try found.json["objectTypeName"]?.stringValue == "User")
        // The id of the other side finds it as well; a list is refused, a stranger not found.
        #expect(try await control.send(.get, "\(place)/\(target)").json == found.json)
        #expect(try await control.send(.get, place).status == 400)
        #expect(try await control.send(.get, "\(place)/nobody").status == 404)
        // Not while the job is active.
        #expect(try await control.send(.delete, "\(place)/\(adele.id)").status == 409)
        try await claresia.pause()
        for _ in 0..<2 {
            #expect(try await control.send(.delete, "\(place)/\(adele.id)").status == 204)
        }
        #expect(try await control.send(.get, "\(place)/\(adele.id)").status == 404)
        // Changed, she is matched again instead of being created a second time.
        try scene.directory.set(["jobTitle": "Buyer"], of: "adele.vance@contoso.example")
        let before = scene.journal.latest
        #expect(try await claresia.runCycle().counts.updated == 1)
        let asked = scene.sent(after: before, "GET").map(\.target)
        #expect(asked.contains { $0.contains("adele.vance") })
        let again = try await control.send(.get, "\(place)/\(adele.id)")
        #expect(try again.json["targetAnchor"]?.stringValue == target)
    }

    @Test("Schema import")
    func schemaImport() async throws {
        let scene = try Scene()
        let control = try ControlClient(scene)
        let claresia = scene.provisioning("Claresia")
        try await claresia.runCycle()
        #expect(try await !claresia.runCycle().isInitial)
        // What was exported can be imported as it is; the next cycle is an initial one all the
        // same, and finds nothing to change.
        let exported = try await control.send(.get, "\(Self.job)/schema")
        #expect(try exported.json["synchronizationRules"]?.arrayValue?.isEmpty == false)
        let imported = try await control.send(
            .put, "\(Self.job)/schema", try JSONValue(parsing: exported.body))
        #expect(imported.status == 204)
        let same = try await claresia.runCycle()
        #expect(same.isInitial && same.counts.updated == 0 && same.counts.created == 0)
        let schema: JSONValue = [
            "objectMappings": [
                [
                    "sourceObjectName": "User",
                    "attributeMappings": [
                        [
                            "targetAttributeName": "userName", "source": "[userPrincipalName]",
                            "matchingPriority": 1,
                        ],
                        ["targetAttributeName": "title", "source": "ToUpper([department])"],
                    ],
                ]
            ]
        ]
        #expect(try await control.send(.put, "\(Self.job)/schema", schema).status == 204)
        let changed = try await claresia.runCycle()
        #expect(changed.isInitial && changed.counts.updated == 13)
        #expect(try await !claresia.runCycle().isInitial)
        // A mistake changes nothing.
        let refused = try await control.send(
            .put, "\(Self.job)/schema",
            [
                "objectMappings": [
                    [
                        "sourceObjectName": "User",
                        "attributeMappings": [
                            ["targetAttributeName": "userName", "source": "[userPrincipalNam]"]
                        ],
                    ]
                ]
            ])
        #expect(refused.status == 400 && refused.text.contains("userPrincipalName"))
        #expect(try await control.send(.put, "\(Self.job)/schema", ["id": "x"]).status == 400)
        #expect(try await !claresia.runCycle().isInitial)
        // Restore default mappings.
        #expect(try await control.send(.delete, "\(Self.job)/schema").status == 204)
        let restored = try await claresia.runCycle()
        #expect(restored.isInitial && restored.counts.updated == 13)
    }

    @Test("Config via Graph")
    func configuration() async throws {
        // What the Graph calls of the documentation do, one after the other: an app, its job with
        // address and secret, validate, start, look, restart, pause.
        let scene = try Scene()
        let control = try ControlClient(scene)
        let job = "apps/Claresia%20Asia/provisioning"
        let made = try await control.send(
            .post, "apps",
            [
                "displayName": "Claresia Asia",
                "provisioning": [
                    "tenantUrl": "{origin}/apps/claresia/scim/v2", "startsEnabled": false,
                ],
            ])
        #expect(made.status == 201)
        let fresh = try await control.send(.get, job).json
        #expect(fresh["schedule"]?["state"] == "Disabled")
        #expect(fresh["status"]?["code"] == "NotConfigured")
        #expect(fresh["templateId"] == "scim")
        #expect(fresh["id"]?.stringValue?.hasPrefix("scim.") == true)
        let wrong = try await control.send(
            .post, "\(job)/test-connection", ["secretToken": "wrong"])
        #expect(try wrong.json["success"] == false)
        let secret = try await control.send(
            .patch, "apps/Claresia%20Asia",
            ["provisioning": ["secretToken": "claresia-demo-scim-token"]])
        #expect(secret.status == 200 && !secret.text.contains("claresia-demo-scim-token"))
        #expect(
            try await control.send(.post, "\(job)/test-connection", [:]).json["success"] == true)
        _ = try await control.send(
            .post, "apps/Claresia%20Asia/assignments", ["group": "claresia-users"])
        #expect(try await control.send(.post, "\(job)/start").status == 200)
        #expect(try await control.send(.get, job).json["status"]?["code"] == "NotRun")
        try await scene.clock.advance(by: .zero)
        let ran = try await control.send(.get, job).json
        #expect(ran["status"]?["code"] == "Active")
        #expect(ran["schedule"]?["interval"] == "PT40M")
        #expect(ran["status"]?["lastExecution"]?["state"] == "Succeeded")
        let restart = try await control.send(
            .post, "\(job)/restart", ["resetScope": "Watermark, Escrows, QuarantineState"])
        #expect(restart.status == 200)
        #expect(try await control.send(.post, "\(job)/pause").status == 200)
        #expect(try await control.send(.get, job).json["status"]?["code"] == "Paused")
        #expect(
            try await control.send(.post, "\(job)/restart", ["resetScope": "Everything"]).status
                == 400)
    }

    @Test("Validator", arguments: ["claresia", "claras"])
    func validator(app: String) async throws {
        let scene = try Scene()
        let target = TargetClient(
            scene, app == "claras" ? TargetClient.claras : TargetClient.claresia)
        let validator = EndpointValidator(target: target)
        try await validator.users()
        try await validator.userUpdates()
        try await validator.managers()
        try await validator.groups()
        try await validator.members()
    }

    @Test("Onboarding suite", arguments: ["Claresia", "Claras"])
    func onboarding(app: String) async throws {
        let scene = try Scene()
        let target = TargetClient(
            scene, app == "Claras" ? TargetClient.claras : TargetClient.claresia)
        let suite = OnboardingSuite(
            scene: scene, control: try ControlClient(scene), target: target, app: app)
        try await suite.userLifecycle()
        try await suite.managerLifecycle()
        try await suite.groupLifecycle()
        try await suite.direct()
        try await suite.pages("Users", "userName", TargetClient.user)
        try await suite.pages("Groups", "displayName", TargetClient.group)
        guard app == "Claresia" else { return }
        let registered = try scene.directory.app(app)
        let endpoint = "/apps/claresia/oauth2/token"
        let secret = "claresia-demo-client-secret"
        try await suite.credentials(endpoint, ("entra-provisioning", secret))
        try await suite.federation(
            endpoint, client: "entra-workload", app: (registered.clientID, secret))
    }
}
