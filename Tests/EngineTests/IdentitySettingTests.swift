import SimIdentity
import SimRuntime
import Testing

@testable import EntraSim

@Suite("Settings of the login endpoint, by name — identity-platform.md §11.6")
struct IdentitySettingTests {
    @Test("each setting can be given a value, which changes the settings, and not nonsense")
    func all() throws {
        let values: [IdentitySetting: String] = [
            .issuers: "microsoft", .descriptionSeparator: "crlf", .tenantRegionScope: "EU",
            .variesTokenLifetime: "false", .accessTokenLifetime: "10m",
            .sealsGraphTokens: "true", .guardsAgainstLoops: "false",
            .showsTestAccounts: "false", .showsDeveloperPanel: "false",
            .marksContinuousTokens: "false",
        ]
        for setting in IdentitySetting.allCases {
            var settings = IdentitySettings()
            #expect(setting.set(try #require(values[setting]), in: &settings), "\(setting)")
            #expect(settings != IdentitySettings(), "\(setting)")
            for nonsense in ["", "perhaps", "-1", "0s"] {
                #expect(!setting.set(nonsense, in: &settings), "\(setting) \(nonsense)")
            }
        }
        var settings = IdentitySettings()
        settings.accessTokenLifetime = .seconds(1)
        #expect(IdentitySetting.accessTokenLifetime.set("off", in: &settings))
        #expect(settings == IdentitySettings())
    }

    /// Starts with a fixture's settings and the configuration's.
    private func start(
        fixture: String? = nil, second: String? = nil, _ named: [String: String] = [:],
        showsDeveloperPanel: Bool = true
    ) throws(SimulatorFailure) -> IdentitySettings {
        var configuration = SimulatorConfiguration()
        configuration.showsDeveloperPanel = showsDeveloperPanel
        configuration.identitySettings = named
        let folder: DataFolder?
        do {
            folder = try DataFolder()
            for (name, text) in [("acme", fixture), ("bolt", second)] {
                guard let text, let folder else { continue }
                configuration.tenantsFolder = folder.path
                try FileAccess.createFolder("\(folder.path)/\(name)")
                try FileAccess.writeAtomically(
                    Array(
                        #"{"domains": ["\#(name).example"],"#.utf8
                            + Array("\n\"identitySettings\": \(text)}".utf8)),
                    to: "\(folder.path)/\(name)/tenant.json")
            }
        } catch {
            throw SimulatorFailure("the test's folder: \(error)")
        }
        let simulator = Simulator(configuration)
        try simulator.start()
        defer { simulator.stop() }
        withExtendedLifetime(folder) {}
        return simulator.services.identity.settings
    }

    private func failure(_ body: () throws(SimulatorFailure) -> IdentitySettings)
        -> SimulatorFailure?
    {
        do throws(SimulatorFailure) {
            _ = try body()
            return nil
        } catch {
            return error
        }
    }

    @Test("a fixture gives them, and the configuration's word wins")
    func sources() throws {
        let fixture = #"{"sealsGraphTokens": true, "accessTokenLifetime": "20m"}"#
        let settings = try start(fixture: fixture)
        #expect(settings.sealsGraphTokens)
        #expect(settings.accessTokenLifetime == .minutes(20))
        #expect(try !start(fixture: fixture, ["sealsGraphTokens": "false"]).sealsGraphTokens)
        #expect(try !start(["guardsAgainstLoops": "false"]).guardsAgainstLoops)
    }

    @Test("an unknown name names the nearest one, a wrong value says what may stand there")
    func refusals() {
        let name = failure { () throws(SimulatorFailure) in
            try start(["sealGraphTokens": "true"])
        }
        #expect(name?.message == "the login endpoint has no setting 'sealGraphTokens'")
        #expect(name?.hint == "did you mean 'sealsGraphTokens'?")
        let value = failure { () throws(SimulatorFailure) in
            try start(["guardsAgainstLoops": "no"])
        }
        #expect(value?.hint == "write true or false")
    }

    @Test(
        "a mistake in a fixture is named with its line and key",
        arguments: [
            (#"{"sealGraphTokens": true}"#, "tenant.json:2:", "has no setting"),
            (#"{"issuers": "mine"}"#, "identitySettings.issuers", "'mine' is no value"),
            (#"{"issuers": {}}"#, "identitySettings.issuers", "a string"),
            ("7", "identitySettings", "expected an object"),
        ])
    func mistakes(fixture: String, place: String, words: String) {
        let refused = failure { () throws(SimulatorFailure) in try start(fixture: fixture) }
        #expect(refused?.message.contains(place) == true, "\(refused?.message ?? "")")
        #expect(refused?.message.contains(words) == true, "\(refused?.message ?? "")")
    }

    @Test("two fixtures may say the same, and must not contradict each other")
    func contradiction() throws {
        let yes = #"{"sealsGraphTokens": true}"#
        #expect(try start(fixture: yes, second: yes).sealsGraphTokens)
        let refused = failure { () throws(SimulatorFailure) in
            try start(fixture: yes, second: #"{"sealsGraphTokens": false}"#)
        }
        #expect(refused?.message.contains("'acme' and 'bolt' differ") == true)
    }

    @Test("the configuration settles what two fixtures contradict each other in, and only that")
    func settled() throws {
        let (yes, no) = (#"{"sealsGraphTokens": true}"#, #"{"sealsGraphTokens": false}"#)
        #expect(
            try start(fixture: yes, second: no, ["sealsGraphTokens": "true"]).sealsGraphTokens)
        #expect(
            try !start(fixture: yes, second: no, ["sealsGraphTokens": "false"]).sealsGraphTokens)
        // A word about something else settles nothing.
        let other = failure { () throws(SimulatorFailure) in
            try start(fixture: yes, second: no, ["guardsAgainstLoops": "false"])
        }
        #expect(other?.message.contains("'sealsGraphTokens'") == true)
        // A word that is none is the mistake told of.
        let nonsense = failure { () throws(SimulatorFailure) in
            try start(fixture: yes, second: no, ["sealsGraphTokens": "perhaps"])
        }
        #expect(nonsense?.message.contains("'perhaps' is no value") == true)
        // The rest of both fixtures holds.
        let rest = try start(
            fixture: #"{"sealsGraphTokens": true, "issuers": "microsoft"}"#,
            second: #"{"sealsGraphTokens": false, "guardsAgainstLoops": false}"#,
            ["sealsGraphTokens": "true"])
        #expect(rest.issuers == .microsoft && !rest.guardsAgainstLoops)
    }

    @Test("hiding the panel settles it as well, and a setting by name wins over that")
    func panel() throws {
        let (yes, no) = (#"{"showsDeveloperPanel": true}"#, #"{"showsDeveloperPanel": false}"#)
        let hidden = try start(fixture: yes, second: no, showsDeveloperPanel: false)
        #expect(!hidden.showsDeveloperPanel)
        let shown = try start(
            fixture: no, ["showsDeveloperPanel": "true"], showsDeveloperPanel: false)
        #expect(shown.showsDeveloperPanel)
        let refused = failure { () throws(SimulatorFailure) in
            try start(fixture: yes, second: no)
        }
        #expect(refused?.message.contains("'showsDeveloperPanel'") == true)
    }
}
