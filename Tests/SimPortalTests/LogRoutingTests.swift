import SimCore
import SimHTTP
import SimPortal
import SimProvisioning
import Testing

@Suite("The control API reads the provisioning log")
struct LogRoutingTests {
    private func query(_ text: String) -> ProvisioningLogQuery? {
        let target = "/sim/v1/tenants/t/apps/A/provisioning/logs?" + text
        switch routes.route(request(.get, target)) {
        case .success(.provisioning(_, _, .logs(let query))): return query
        case .success, .failure: return nil
        }
    }

    @Test("with every condition at once")
    func conditions() throws {
        let text =
            "status=failure&action=create&errorCode=Conflict&identity=ada&user=ada%40x.test"
            + "&cycleId=3&since=2026-01-05T08:00:00Z&until=2026-01-05T09:00:00Z&limit=1000"
        var expected = ProvisioningLogQuery(limit: 1_000)
        expected.filter.status = .failure
        expected.filter.action = .create
        expected.filter.code = LogCode(rawValue: "Conflict")
        expected.filter.text = "ada"
        expected.filter.since = Timestamp(iso8601: "2026-01-05T08:00:00Z")
        expected.filter.until = Timestamp(iso8601: "2026-01-05T09:00:00Z")
        expected.user = "ada@x.test"
        expected.cycle = .number(3)
        #expect(query(text) == expected)
    }

    @Test("page by page, waiting for what comes")
    func pages() {
        var expected = ProvisioningLogQuery()
        expected.from = 12
        expected.wait = .seconds(60)
        expected.seenCycles = 2
        #expect(query("from=12&wait=60s&seenCycles=2") == expected)
    }

    @Test(
        "and refuses what means nothing, with the nearest name",
        arguments: [
            ("status=failur", "'status' cannot be 'failur'", "did you mean 'failure'?"),
            ("action=crate", "'action' cannot be 'crate'", "did you mean 'create'?"),
            (
                "errorCode=Conflct", "'errorCode' cannot be 'Conflct'",
                "did you mean 'Conflict'?"
            ),
            ("cycleId=lst", "'cycleId' is no cycle: 'lst'", "did you mean 'last'?"),
            ("cycleId=0", "'cycleId' is no cycle: '0'", "a number, an id or 'last'"),
            (
                "since=2026-01-05T08:00:01Z&until=2026-01-05T08:00:00Z",
                "'since' is after 'until'", "exchange them"
            ),
            ("wait=1s", "'wait' needs 'from'", "the answer's 'next' is where to go on"),
            (
                "from=0&wait=61s", "'wait' is longer than 60 seconds",
                "ask again with 'from' when nothing came"
            ),
            ("usr=ada", "unknown key 'usr' in the query", "did you mean 'user'?"),
        ])
    func refusals(text: String, message: String, hint: String) {
        let refused = refusal(request(.get, "/sim/v1/tenants/t/apps/A/provisioning/logs?" + text))
        #expect(refused?.status == 400)
        #expect(refused?.message == message)
        #expect(refused?.hint == hint)
    }

    @Test(
        "and expression settings that do not exist",
        arguments: [
            (
                #"{"iifNullConditon":"natural"}"#,
                "unknown key 'iifNullConditon' in 'expressionSettings'",
                "did you mean 'iifNullCondition'?"
            ),
            (
                #"{"iifNullCondition":"documentd"}"#,
                "'iifNullCondition' cannot be 'documentd'", "did you mean 'documented'?"
            ),
            (#"{"splitTrimsItems":3}"#, "'splitTrimsItems' cannot be '3'", "one of: true, false"),
        ])
    func expressionSettings(settings: String, message: String, hint: String) {
        let refused = refusal(
            request(
                .patch, "/sim/v1/tenants/t/apps/A",
                #"{"provisioning":{"expressionSettings":\#(settings)}}"#))
        #expect(refused?.message == message)
        #expect(refused?.hint == hint)
    }
}
