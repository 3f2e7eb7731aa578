import SimCore
import SimFaults
import SimHTTP

extension ControlRoutes {
    private static let checkKeys = ["after", "direction"] + CallExpectation.keys + ["junit"]
    private static let longestWait: Duration = .minutes(10)

    /// The request journal, checks of it for test suites in any language, and waiting.
    static let journalEndpoints: [ControlEndpoint] = [
        ControlEndpoint(
            .get, "journal", query: JournalQuery.keys, "requests and answers, secrets redacted"
        ) { input throws(ControlError) in
            .journal(try journalQuery(input.query))
        },
        ControlEndpoint(
            .post, "expect", body: checkKeys, "whether the calls in the journal are those expected"
        ) { input throws(ControlError) in
            var object = JSONObject()
            for key in CallExpectation.keys {
                object.appendIfPresent(key, input.body.value(key))
            }
            let expectation: CallExpectation
            do throws(FaultRuleError) {
                expectation = try CallExpectation(.object(object))
            } catch {
                throw ControlError(error)
            }
            let after = try input.body.number("after", in: 0...Int.max) ?? 0
            return .expect(
                JournalCheck(
                    after: UInt64(after),
                    direction: try input.body.choice("direction") ?? .outbound,
                    expectation: expectation, junitName: try input.body.string("junit")))
        },
        ControlEndpoint(
            .get, "idle", query: ["timeout"], "waits until no cycle and no advance is under way"
        ) { input throws(ControlError) in
            let timeout = try input.query.duration("timeout") ?? .seconds(30)
            guard timeout <= longestWait else {
                throw .badRequest(
                    "'timeout' is more than \(DurationText.short(longestWait))",
                    hint: "ask again instead")
            }
            return .waitUntilIdle(timeout)
        },
    ]

    private static func journalQuery(
        _ query: StrictObject
    ) throws(ControlError) -> JournalQuery {
        var result = JournalQuery(
            after: try query.number("after", in: 0...Int.max).map { UInt64($0) },
            limit: try query.number("limit", in: JournalQuery.limitBounds) ?? 100)
        result.direction = try query.choice("direction")
        result.method = try query.string("method")?.uppercased()
        result.path = try query.string("path")
        if let text = try query.string("status") {
            guard let status = JournalQuery.Status(text) else {
                throw .badRequest(
                    "'\(text)' is not a status", hint: "write it as 404, 4xx or none")
            }
            result.status = status
        }
        if let text = try query.string("code") {
            guard let code = errorNumber(text) else {
                throw .badRequest(
                    "'\(text)' is not an error number", hint: "write it as 50076")
            }
            result.code = code
        }
        result.contains = try query.string("contains")
        result.since = try query.timestamp("since")
        result.until = try query.timestamp("until")
        return result
    }
}
