import SimCore
import SimFaults
import SimIdentity
import SimRuntime
import Testing

@testable import EntraSim

@Suite("serve --watch: what a fixture says besides the directory")
struct FixtureWatchRestTests {
    typealias Scene = FixtureWatchTests.Scene

    private static func faults(_ rules: String...) -> String {
        ", \"faults\": [\(rules.joined(separator: ", "))]"
    }

    private static func rule(_ name: String?, _ code: Int = 50_076) -> String {
        let named = name.map { "\"name\": \"\($0)\", " } ?? ""
        return "{\(named)\"where\": \"token\", \"what\": {\"aadsts\": \(code)}}"
    }

    private static func entries(_ scene: Scene) -> [FaultBook.Entry] {
        scene.simulator.services.faults.book(at: scene.simulator.services.clock.now).entries
    }

    /// Rules by name, or by their number in the catalogue.
    private static func rules(_ scene: Scene) -> [String] {
        entries(scene).map { $0.rule.name ?? "\($0.rule.json["what"]?["aadsts"]?.intValue ?? 0)" }
    }

    @Test("fault rules act from the save on, in the file's order, and say what changed")
    func rules() throws {
        let scene = try Scene(rest: Self.faults(Self.rule("a"), Self.rule("b")))
        #expect(Self.rules(scene) == ["a", "b"])
        try scene.edit(
            Scene.fixture(
                rest: Self.faults(Self.rule("c"), Self.rule("b", 50_057), Self.rule(nil, 50_105))))
        scene.look()
        #expect(Self.rules(scene) == ["c", "b", "50105"])
        try scene.edit(Scene.fixture(rest: Self.faults(Self.rule("b", 50_057), Self.rule("c"))))
        scene.look()
        #expect(Self.rules(scene) == ["b", "c"])
        try scene.edit(Scene.fixture(rest: Self.faults(Self.rule("c"), Self.rule("b", 50_057))))
        scene.look()
        try scene.edit(Scene.fixture())
        scene.look()
        #expect(!scene.simulator.services.faults.isArmed)
        #expect(
            scene.reloads.map(\.changes) == [
                [
                    "fault rule \"a\" deleted", "new fault rule \"c\"", "fault rule \"b\"",
                    "new fault rule 3",
                ],
                ["fault rule 3 deleted"], ["order of the fault rules"],
                ["fault rule \"c\" deleted", "fault rule \"b\" deleted"],
            ])
    }

    @Test("what was done to rules at run time stays, unless the same rule was edited")
    func runTime() throws {
        let scene = try Scene(rest: Self.faults(Self.rule("a"), Self.rule("b")))
        let faults = scene.simulator.faults
        try faults.add(#"{"name": "mine", "where": "token", "what": {"aadsts": 50057}}"#)
        _ = scene.simulator.services.faults.remove("a")
        try scene.edit(
            Scene.fixture(["ann"], rest: Self.faults(Self.rule("a"), Self.rule("b", 50_105))))
        scene.look()
        #expect(Self.rules(scene) == ["b", "mine"])
        try scene.edit(
            Scene.fixture(
                ["ann"], rest: Self.faults(Self.rule("a", 50_105), Self.rule("b", 50_105)))
        )
        scene.look()
        #expect(Self.rules(scene) == ["a", "b", "mine"])
    }

    @Test("a rule whose name somebody took at run time changes nothing, people neither")
    func nameTaken() throws {
        let scene = try Scene()
        try scene.simulator.faults.add(
            #"{"name": "mine", "where": "token", "what": {"aadsts": 50057}}"#)
        try scene.edit(
            Scene.fixture(["ann"], rest: Self.faults(Self.rule("new"), Self.rule("mine"))))
        scene.look()
        #expect(scene.reloads.first?.failure?.message == "there is a rule 'mine' already")
        #expect(Self.rules(scene) == ["mine"])
        #expect(try scene.users == ["ann", "ben"])
        // The next save is taken in whole: it is compared with what was taken in last.
        try scene.edit(Scene.fixture(["ann"], rest: Self.faults(Self.rule("new"))))
        scene.look()
        #expect(Self.rules(scene) == ["mine", "new"])
        #expect(try scene.users == ["ann"])
    }

    @Test("a mistake in a rule or issuer is named with its place, and nothing is taken in")
    func mistakes() throws {
        let scene = try Scene(rest: Self.faults(Self.rule("a")))
        for (rest, place) in [
            (#", "faults": [{"where": "tokn", "what": {"aadsts": 50057}}]"#, "faults[0].where"),
            (#", "issuers": [{"issuer": "ci.example"}]"#, "issuers[0].issuer"),
            (#", "issuers": [{"issuer": "https://ci.example", "file": "none.json"}]"#, "none.json"),
        ] {
            try scene.edit(Scene.fixture(["ann"], rest: rest))
            scene.look()
            let message = scene.reloads.last?.failure?.message
            #expect(message?.contains(place) == true, "\(message ?? "")")
            #expect(Self.rules(scene) == ["a"])
            #expect(try scene.users == ["ann", "ben"])
        }
    }

    // MARK: Issuers

    private static func issuer(_ name: String, _ keys: JSONValue? = nil) -> String {
        let given = keys.map { ", \"jwks\": \(String(decoding: $0.serialized, as: UTF8.self))" }
        return "{\"issuer\": \"\(name)\"\(given ?? "")}"
    }

    private static func isKnown(_ id: String, _ scene: Scene, of name: String) -> Bool {
        guard case .found = scene.simulator.services.issuers.key(of: name, id: id) else {
            return false
        }
        return true
    }

    @Test("issuers are trusted and forgotten from the save on; an export says the new ones")
    func issuers() throws {
        let (ci, forge) = ("https://ci.example", "https://forge.example")
        let (one, two) = (try IssuerKeyBookTests.keySet("1"), try IssuerKeyBookTests.keySet("2"))
        let scene = try Scene(rest: ", \"issuers\": [\(Self.issuer(ci, one))]")
        let issuers = scene.simulator.services.issuers
        let question = IssuerQuestion(issuer: forge, keyID: "1")
        #expect(Self.isKnown("1", scene, of: ci))
        #expect(issuers.mustAsk(question) == nil)
        try scene.edit(
            Scene.fixture(
                rest: ", \"issuers\": [\(Self.issuer(ci, two)), \(Self.issuer(forge))]"))
        scene.look()
        #expect(!Self.isKnown("1", scene, of: ci) && Self.isKnown("2", scene, of: ci))
        #expect(issuers.mustAsk(question)?.issuer == forge)
        let host = try scene.simulator.services.tenants.host(named: "acme")
        #expect(host.written["issuers"]?.arrayValue?.count == 2)
        try scene.edit(Scene.fixture())
        scene.look()
        #expect(issuers.mustAsk(question) == nil)
        #expect(issuers.trouble(with: ci)?.contains("no keys of") == true)
        #expect(host.written["issuers"] == nil)
        #expect(
            scene.reloads.map(\.changes) == [
                ["issuer \"\(ci)\" (keys)", "new issuer \"\(forge)\""],
                ["issuer \"\(ci)\" deleted", "issuer \"\(forge)\" deleted"],
            ])
    }

    @Test("the command line's issuers and another tenant's stay what they were")
    func others() throws {
        let (ours, theirs) = ("https://ours.example", "https://theirs.example")
        let (one, two) = (try IssuerKeyBookTests.keySet("1"), try IssuerKeyBookTests.keySet("2"))
        let folder = try DataFolder()
        for (name, rest) in [
            ("acme", ""), ("bolt", ", \"issuers\": [\(Self.issuer(theirs, one))]"),
        ] {
            try FileAccess.createFolder("\(folder.path)/\(name)")
            try FileAccess.writeAtomically(
                Array("{\"domains\": [\"\(name).example\"]\(rest)}".utf8),
                to: "\(folder.path)/\(name)/tenant.json")
        }
        let scene = try Scene(folder: folder) {
            $0.trustedIssuers = [
                ours: .inline(String(decoding: one.serialized, as: UTF8.self))
            ]
        }
        try scene.edit(Scene.fixture([], rest: ", \"issuers\": [\(Self.issuer(ours, two))]"))
        scene.look()
        #expect(scene.reloads.last?.failure == nil)
        #expect(Self.isKnown("1", scene, of: ours) && !Self.isKnown("2", scene, of: ours))
        #expect(Self.isKnown("1", scene, of: theirs))
    }

    // MARK: What waits

    private static func app(_ name: String) -> String {
        """
        {"displayName": "\(name)", "scimPath": "/scim", "scopes": [{"name": "scim"}],
         "scimScope": "scim", "keys": [{"name": "k", "value": "k-1", "scopes": ["scim"]}],
         "roles": {"ranks": ["member"], "default": "member", "withoutGroup": "keeps"}}
        """
    }

    @Test("a sample app is served as it was at the start, and said to wait while it differs")
    func apps() throws {
        let folder = try DataFolder()
        try FileAccess.createFolder("\(folder.path)/acme/targets")
        func write(_ text: String, _ name: String) throws {
            try FileAccess.writeAtomically(
                Array(text.utf8), to: "\(folder.path)/acme/targets/\(name)")
        }
        try Scene.write(Scene.fixture(), in: folder)
        try write(Self.app("Quay"), "quay.json")
        let scene = try Scene(folder: folder)
        try write(Self.app("Quay 2"), "quay.json")
        try write(Self.app("Pier"), "pier.json")
        try write("no app", "notes.txt")
        scene.look()
        #expect(scene.reloads.last?.waiting == ["sample app \"pier\"", "sample app \"quay\""])
        #expect(scene.reloads.last?.changes == [])
        let served = scene.simulator.services.sampleApps.of("acme")
        #expect(served.map(\.app.configuration.displayName) == ["Quay"])
        // A mistake is told as any other.
        try write(#"{"displayNam": "Pier"}"#, "pier.json")
        scene.look()
        #expect(scene.reloads.last?.failure?.message.contains("pier.json") == true)
        FileAccess.remove("\(folder.path)/acme/targets/pier.json")
        try write(Self.app("Quay"), "quay.json")
        scene.look()
        #expect(scene.reloads.last?.waiting == [])
        FileAccess.remove("\(folder.path)/acme/targets/quay.json")
        scene.look()
        #expect(scene.reloads.last?.waiting == ["sample app \"quay\""])
        #expect(scene.reloads.count == 4)
    }

    @Test("settings of the login endpoint wait too, unless the command line decides them anyway")
    func settings() throws {
        let rest = #", "identitySettings": {"sealsGraphTokens": true}"#
        for (settled, waiting) in [
            ([:], ["settings of the login endpoint"]), (["sealsGraphTokens": "false"], []),
            (["guardsAgainstLoops": "false"], ["settings of the login endpoint"]),
        ] {
            let scene = try Scene { $0.identitySettings = settled }
            try scene.edit(Scene.fixture(rest: rest))
            scene.look()
            #expect(scene.reloads.last?.waiting == waiting)
            try scene.edit(Scene.fixture())
            scene.look()
            #expect(scene.reloads.last?.waiting == [])
            #expect(scene.reloads.count == 2)
        }
    }
}
