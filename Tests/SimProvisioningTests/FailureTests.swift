import SimCore
import SimHTTP
import Testing

@testable import SimProvisioning

@Suite("Failures of one object — provisioning.md §1.11, §5.5")
struct FailureTests {
    struct Case: CustomTestStringConvertible, Sendable {
        let status: Int
        let create: ProvisioningErrorCode
        let update: ProvisioningErrorCode

        var testDescription: String { "HTTP \(status)" }
    }

    static let cases = [
        Case(status: 302, create: .webExceptionProtocolError, update: .webExceptionProtocolError),
        Case(status: 400, create: .serviceIncompatible, update: .serviceIncompatible),
        Case(status: 401, create: .unauthorized, update: .unauthorized),
        Case(status: 403, create: .insufficientRights, update: .insufficientRights),
        Case(status: 404, create: .serviceIncompatible, update: .invalidAnchor),
        Case(status: 405, create: .methodNotAllowed, update: .methodNotAllowed),
        Case(status: 409, create: .serviceIncompatibleFiltering, update: .conflict),
        Case(status: 422, create: .unprocessableEntity, update: .unprocessableEntity),
        Case(status: 429, create: .tooManyRequests, update: .tooManyRequests),
        Case(status: 500, create: .internalServerError, update: .internalServerError),
        Case(status: 501, create: .notImplemented, update: .notImplemented),
        Case(status: 503, create: .internalServerError, update: .internalServerError),
    ]

    private func bench() -> Bench {
        var directory = TestDirectory()
        directory.addUser("ada")
        directory.addUser("bob")
        return Bench(directory)
    }

    private static func refuse(
        _ method: HTTPMethod, _ answer: Result<HTTPResponse, ConnectionFailure>
    ) -> TinyTarget.Rule {
        { request in
            let isAda =
                request.target.contains("u-ada")
                || String(decoding: request.body, as: UTF8.self).contains("ada@")
            return request.method == method && isAda ? answer : nil
        }
    }

    @Test(
        "any code of the log can be had by the setting `errorCodes`, for its status alone",
        arguments: [
            ProvisioningErrorCode.notPermitted, .entryConflict, .mandatoryFieldsMissing,
            .missingValues, .schemaAttributeNotFound, .invalidDomain, .licenseLimitExceeded,
            .badRequest, .schemaPropertyCanOnlyAcceptValue, .internalServerError,
        ])
    func chosenCodes(_ code: ProvisioningErrorCode) throws {
        for (status, expected) in [(400, code), (403, .insufficientRights)] {
            var bench = bench()
            bench.settings.errorCodes = [400: code]
            bench.target.rule = Self.refuse(.post, .success(HTTPResponse(status: status)))
            try bench.cycle()
            let row = try #require(bench.rows.first)
            #expect(row.failure?.code == expected)
            // A code that is tried again in the next cycle is so however it came about.
            let escrow = bench.state.escrows[.user(TestDirectory.userID("ada"))]
            #expect(escrow?.code == expected)
            let json = row.resource(ProvisioningLogContext(job: try bench.directory.job()))
            #expect(
                json["provisioningStatusInfo"]?["errorInformation"]?["errorCode"]?.stringValue
                    == expected.rawValue)
        }
    }

    @Test("a refused create or update carries its code, and others go on", arguments: cases)
    func codes(_ row: Case) throws {
        var creating = bench()
        creating.target.rule = Self.refuse(.post, .success(HTTPResponse(status: row.status)))
        let summary = try creating.cycle()
        #expect(creating.rows.first?.failure?.code == row.create)
        #expect(creating.rows.last?.status == .success)
        #expect(summary?.result == .entryLevelErrors)
        #expect(creating.state.statusCode == .active)

        var updating = bench()
        try updating.cycle()
        updating.directory.set("ada", "jobTitle", "Engineer")
        updating.target.rule = Self.refuse(.patch, .success(HTTPResponse(status: row.status)))
        try updating.cycle()
        #expect(updating.rows.map { $0.failure?.code } == [row.update])
    }

    @Test("no answer at all: Timeout when it took too long, a protocol error otherwise")
    func noAnswer() throws {
        for (failure, code) in [
            (ConnectionFailure.timedOut(.response), ProvisioningErrorCode.timeout),
            (.reset, .webExceptionProtocolError),
            (.tlsUntrusted(code: 10, reason: "expired"), .webExceptionProtocolError),
        ] {
            var bench = bench()
            bench.target.rule = Self.refuse(.post, .failure(failure))
            try bench.cycle()
            #expect(bench.rows.first?.failure?.code == code)
        }
    }

    @Test("a PATCH answered 200 with a page is incompatible; nothing or any JSON object is fine")
    func page() throws {
        let page = HTTPResponse(status: 200, body: Array("<html>Sign in</html>".utf8))
        for (answer, code) in [
            (page, ProvisioningErrorCode.serviceIncompatible),
            (HTTPResponse(status: 200, body: Array("{\"id\": 5".utf8)), .serviceIncompatible),
            (HTTPResponse(status: 200, body: Array("{}".utf8)), nil),
            (HTTPResponse(status: 200), nil), (HTTPResponse(status: 204), nil),
        ] as [(HTTPResponse, ProvisioningErrorCode?)] {
            var bench = bench()
            try bench.cycle()
            bench.directory.set("ada", "jobTitle", "Engineer")
            bench.target.rule = Self.refuse(.patch, .success(answer))
            try bench.cycle()
            #expect(bench.rows.map { $0.failure?.code } == [code])
        }
        // Managers and members too; done or not, the next cycle sees to it.
        var bench = bench()
        bench.directory.addGroup("Crew", members: ["ada"])
        bench.directory.setManager("bob", of: "ada")
        bench.target.rule = { $0.method == .patch ? .success(page) : nil }
        try bench.cycle()
        let failures = bench.rows.filter { $0.status == .failure }
        #expect(failures.count == 2)
        #expect(failures.allSatisfy { $0.failure?.code == .serviceIncompatible })
        #expect(
            failures.first?.failure?.reason.hasPrefix(
                "Failed to update User 'ada@fabrikam.example' in customappsso; Error: We are not "
                    + "able to deserialize") == true)
        bench.target.rule = nil
        try bench.cycle()
        #expect(bench.target.writes.map(\.method) == [.patch, .patch])
        #expect(bench.state.escrows.isEmpty && bench.state.deferrals.isEmpty)
    }

    @Test("429 is tried again in the next cycle and nobody is created twice")
    func throttled() throws {
        var bench = bench()
        bench.target.rule = Self.refuse(.post, .success(HTTPResponse(status: 429)))
        try bench.cycle()
        bench.target.rule = nil
        try bench.cycle()
        #expect(bench.target.writes.map(\.method) == [.post])
        #expect(bench.rowTexts == ["create success Ada Moss"])
        #expect(bench.rows.first?.steps.first?.kind == .escrowRetry)
        #expect(bench.state.escrows.isEmpty)
        try bench.cycle()
        #expect(bench.target.calls.count == 2)
    }

    @Test("a data error waits for the next cycle, then 6 h, 12 h, 24 h and daily to day 28")
    func backOff() throws {
        var bench = bench()
        bench.target.rule = Self.refuse(
            .post, .success(HTTPResponse(status: 400, body: Array("bad mail".utf8))))
        var attempts: [Int64] = []
        let began = bench.now
        while bench.now < began + .days(30) {
            let hour = (bench.now.microseconds - began.microseconds) / 3_600_000_000
            try bench.cycle()
            if bench.target.writes.contains(where: {
                String(decoding: $0.body, as: UTF8.self).contains("ada@")
            }) {
                attempts.append(hour)
            }
        }
        // The first retry is the next cycle, 40 minutes on; the steps count from it.
        #expect(attempts.prefix(6).map { $0 } == [0, 0, 6, 12, 24, 48])
        #expect(attempts.count == 2 + 2 + 28)
        #expect(bench.state.escrows.isEmpty)
    }

    @Test("the reason is the service's sentence with body, retries and next date")
    func reason() throws {
        var bench = bench()
        bench.target.rule = Self.refuse(
            .post, .success(HTTPResponse(status: 400, body: Array("bad mail".utf8))))
        try bench.cycle()
        let next = TestDirectory.start.iso8601(fractionDigits: 7)
        #expect(
            bench.rows.first?.failure?.reason
                == "StatusCode: BadRequest\r\nMessage: Processing of the HTTP request resulted in "
                + "an exception. Please see the HTTP response returned by the 'Response' property "
                + "of this exception for details.\r\nWeb Response: \r\nbad mail. This operation "
                + "was retried 0 times. It will be retried again after this date: \(next) UTC")
    }

    @Test("a target that echoes the token does not get it into the log")
    func noTokenInLog() throws {
        var bench = bench()
        bench.target.rule = Self.refuse(
            .post,
            .success(HTTPResponse(status: 403, body: Array("you sent Bearer s3cret-Token".utf8))))
        try bench.cycle()
        let reason = bench.rows.first?.failure?.reason ?? ""
        #expect(reason.contains("you sent Bearer ‹secret›"))
        for record in bench.records {
            guard case .provisioning(_, _, let payload) = record.event(job: "j") else { continue }
            #expect(!payload.value.text.contains("s3cret"))
        }
    }

    @Test("an expired credential at the start: quarantine, no rows, and recovery by itself")
    func credentialQuarantine() throws {
        var bench = bench()
        try bench.cycle()
        let watermark = bench.state.watermark
        bench.directory.set("ada", "jobTitle", "Engineer")
        bench.target.rule = { _ in .success(HTTPResponse(status: 401)) }
        for attempt in 1...2 {
            let summary = try bench.cycle()
            #expect(summary?.result == .failed)
            #expect(bench.target.calls.count == 1)
            #expect(bench.rows.isEmpty)
            #expect(bench.state.statusCode == .quarantine)
            #expect(bench.state.quarantine?.seriesCount == attempt)
            #expect(bench.state.countSuccessiveCompleteFailures == attempt)
            #expect(
                bench.state.quarantine?.error.code
                    == "SystemForCrossDomainIdentityManagementCredentialValidationFailure")
            #expect(bench.state.watermark == watermark)
        }
        bench.target.rule = nil
        try bench.cycle()
        #expect(bench.state.statusCode == .active)
        #expect(bench.rowTexts == ["update success Ada Moss"])
    }

    @Test("a failed member PATCH is tried again, and only what is missing is sent")
    func memberRetry() throws {
        var directory = TestDirectory()
        for name in ["ada", "bob", "cyd"] { directory.addUser(name) }
        directory.addGroup("Builders", members: ["ada", "bob", "cyd"])
        var bench = Bench(directory)
        bench.settings.memberBatchSize = 2
        bench.target.rule = { request in
            String(decoding: request.body, as: UTF8.self).contains("u-cyd")
                && request.method == .patch ? .success(HTTPResponse(status: 500)) : nil
        }
        try bench.cycle()
        #expect(bench.rowTexts.last == "update failure Builders (InternalServerError)")
        #expect(bench.target.members(of: "Builders").count == 2)
        bench.target.rule = nil
        try bench.cycle()
        #expect(bench.writes.count == 1)
        #expect(bench.write.contains(#""value":[{"value":"u-cyd"}]"#))
        try bench.cycle()
        #expect(bench.writes.isEmpty)
    }

    @Test("a cycle that broke off is repeated without creating anybody twice")
    func brokenOff() throws {
        var bench = bench()
        bench.apply(
            .cycleBegan(CycleStart(id: .zero, kind: .initial, at: TestDirectory.start)))
        bench.apply(.linked(.user(TestDirectory.userID("ada")), Link(target: "u-ada")))
        bench.target.put(user: ["userName": "ada@fabrikam.example", "active": true], id: "u-ada")
        bench.directory.unassign("ada")
        try bench.cycle()
        #expect(bench.rowTexts == ["create success Bob Moss", "disable success Ada Moss"])
    }
}
