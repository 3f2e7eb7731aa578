import SimCore
import SimDirectory
import SimHTTP
import Testing

@testable import SimProvisioning

extension SummaryTableTests {
    /// Minutes after the first cycle at which something was written about Ada.
    private func attempts(_ status: Int, until end: Duration) throws -> [Int64] {
        var bench = company()
        bench.target.rule = Self.refusingAda(status)
        var minutes: [Int64] = []
        while bench.now - TestDirectory.start <= end {
            let at = bench.now
            try bench.cycle()
            if bench.target.writes.contains(where: {
                String(decoding: $0.body, as: UTF8.self).contains("ada@")
            }) {
                minutes.append((at - TestDirectory.start).components.seconds / 60)
            }
        }
        return minutes
    }

    @Test("Escrow back-off")
    func escrowBackOff() throws {
        // The retry of the next cycle, at 40 minutes, starts the clock: + 6 h, + 12 h, + 24 h,
        // then daily to day 28, each in the first cycle at or after its time.
        let hours: [Int64] = [6, 12] + (1...28).map { $0 * 24 }
        let due: [Int64] = [0, 40] + hours.map { 40 + $0 * 60 }
        let found = try attempts(400, until: .days(40))
        #expect(found == due)
    }

    @Test("Transient retry")
    func transientRetry() throws {
        for status in [500, 503, 504] {
            #expect(try attempts(status, until: .hours(4)) == [0, 40, 80, 120, 160, 200, 240])
        }
        var bench = company()
        bench.target.rule = { request in
            request.method == .post ? .failure(.timedOut(.response)) : nil
        }
        try bench.cycle()
        bench.target.rule = nil
        try bench.cycle()
        #expect(bench.target.users.count == 2)
    }

    @Test("Throttle")
    func throttle() throws {
        var bench = company()
        bench.target.rule = Self.refusingAda(429)
        try bench.cycle()
        #expect(bench.rows.first?.failure?.code.rawValue == "TooManyRequests")
        bench.target.rule = nil
        try bench.cycle()
        #expect(Self.ada(bench) != nil && bench.state.escrows.isEmpty)
    }

    @Test("Stale id")
    func staleID() throws {
        for setting in ProvisioningSettings.StaleAnchor.allCases {
            var bench = company()
            bench.settings.staleAnchor = setting
            try bench.cycle()
            bench.target.removeUser("u-ada")
            bench.directory.set("ada", "jobTitle", "Engineer")
            try bench.cycle()
            switch setting {
            case .rematchOnRead:
                #expect(bench.target.calls.contains { $0.target == "/scim/Users/u-ada" })
                #expect(bench.rowTexts == ["create success Ada Moss"])
            case .invalidAnchor:
                #expect(bench.rowTexts == ["other failure Ada Moss (InvalidAnchor)"])
            }
        }
        // Gone between the read and the write.
        var bench = company()
        try bench.cycle()
        bench.target.rule = Self.refusingAda(404)
        bench.directory.set("ada", "jobTitle", "Engineer")
        try bench.cycle()
        #expect(bench.rowTexts == ["update failure Ada Moss (InvalidAnchor)"])
    }

    @Test("Credential quarantine")
    func credentialQuarantine() throws {
        let answers: [HTTPResponse] = [401, 403, 404].map { HTTPResponse(status: $0) }
        for answer in answers + [HTTPResponse(html: "<p>Sign in</p>")] {
            var bench = company()
            try bench.cycle()
            bench.directory.set("ada", "jobTitle", "Engineer")
            bench.target.rule = { _ in .success(answer) }
            try bench.cycle()
            #expect(bench.state.quarantine?.reason.rawValue == "EncounteredQuarantineException")
            #expect(bench.state.statusCode == .quarantine)
            #expect(bench.rows.isEmpty && bench.writes.isEmpty)
        }
    }

    /// A company large enough for the documented numbers, held by a state that was folded from
    /// records: `failing` objects in escrow, `linked` healthy ones, `references` waiting.
    private func reason(failing: Int, linked: Int, references: Int = 0) throws -> String? {
        var directory = TestDirectory()
        directory.addUser("ada")
        var bench = Bench(directory)
        try bench.cycle()
        let escrow = Escrow(
            kind: .permanent, code: .serviceIncompatible, createdAt: bench.now, retries: 1,
            firstRetryAt: bench.now, nextAttempt: bench.now + .days(1))
        func key(_ number: Int) -> ObjectKey {
            .user(UserID(GUID(seed: 9, name: "\(number)")))
        }
        for number in 0..<failing { bench.apply(.escrowed(key(number), escrow)) }
        for number in failing..<(failing + linked - 1) {
            bench.apply(.linked(key(number), Link(target: "t\(number)")))
        }
        for number in 0..<references {
            guard case .user(let user) = key(number) else { continue }
            bench.apply(.deferred(ReferenceEscrow(.manager(of: user), escrow: escrow)))
        }
        try bench.cycle()
        return bench.state.quarantine?.reason.rawValue
    }

    @Test("Proportion quarantine")
    func proportionQuarantine() throws {
        let proportion = "EncounteredEscrowProportionThreshold"
        #expect(try reason(failing: 4_999, linked: 1) == nil)
        #expect(try reason(failing: 5_000, linked: 7_500) == nil)
        #expect(try reason(failing: 5_000, linked: 7_499) == proportion)
    }

    @Test("Absolute quarantine")
    func absoluteQuarantine() throws {
        #expect(try reason(failing: 40_000, linked: 60_000) == nil)
        #expect(
            try reason(failing: 40_001, linked: 100_000) == "EncounteredBaseEscrowThreshold")
        #expect(try reason(failing: 1, linked: 10, references: 59_999) == nil)
        #expect(
            try reason(failing: 1, linked: 10, references: 60_000)
                == "EncounteredTotalEscrowThreshold")
    }

    @Test("Quarantine cadence")
    func quarantineCadence() throws {
        var bench = company {
            $0.notifications = SyncNotificationSettings(
                isEnabled: true, recipients: "ops@fabrikam.example")
        }
        try bench.cycle()
        let began = bench.now
        bench.target.rule = { _ in .success(HTTPResponse(status: 401)) }
        var hours: [Int64] = []
        var mails = 0
        while let due = bench.state.nextCycle(interval: bench.settings.interval),
            due < began + .days(60)
        {
            bench.now = due
            hours.append((due - began).components.seconds / 3_600)
            try bench.cycle()
            mails += bench.records.count { if case .notified = $0 { true } else { false } }
        }
        #expect(hours == [0, 6, 12] + (1...28).map { $0 * 24 })
        #expect(bench.state.schedule == .disabled)
        #expect(mails == 1)
    }

    @Test("escrowsPruned")
    func escrowsPruned() throws {
        var bench = company()
        bench.settings.quarantineMinimumFailures = 1
        bench.target.rule = { request in
            request.method == .get ? nil : .success(HTTPResponse(status: 400))
        }
        let summary = try bench.cycle()
        #expect(summary?.counters.failed == 3, "the cycle goes on to its end")
        #expect(bench.state.escrows.isEmpty && bench.state.escrowsPruned)
        #expect(bench.state.statusCode == .paused)
        #expect(
            try bench.directory.job().resource(bench.state)["status"]?["escrowsPruned"] == true)
    }

    @Test("Accidental deletions")
    func accidentalDeletions() throws {
        var bench = try guarded()
        #expect(bench.writes.isEmpty)
        #expect(bench.rows.map { $0.action.rawValue } == Array(repeating: "stageddelete", count: 4))
        #expect(bench.state.quarantine?.reason.rawValue == "TooManyDeletes")
        #expect(bench.records.contains { if case .notified = $0 { true } else { false } })
        // Assigned again and restarted: nothing is switched off.
        for number in 0..<4 {
            bench.directory.assign(
                .user(TestDirectory.userID("user\(number)")), "user\(number)")
        }
        bench.apply(.restarted(.portal))
        try bench.cycle()
        #expect(bench.writes.isEmpty && bench.state.statusCode == .active)
    }

    @Test("Allow deletes")
    func allowDeletes() throws {
        var bench = try guarded()
        bench.apply(.restarted(try #require(ResetScope(text: "ForceDeletes"))))
        try bench.cycle()
        #expect(bench.writes.count == 4)
        #expect(bench.writes.allSatisfy { $0.contains(#""path":"active","value":"False""#) })
        #expect(bench.state.statusCode == .active)
    }

    /// The documented test: threshold 3, four people unassigned.
    private func guarded() throws -> Bench {
        var directory = TestDirectory {
            $0.notifications = SyncNotificationSettings(
                isEnabled: true, recipients: "ops@fabrikam.example", deleteThreshold: 3)
        }
        for number in 0..<6 { directory.addUser("user\(number)") }
        var bench = Bench(directory)
        try bench.cycle()
        for number in 0..<4 { bench.directory.unassign("user\(number)") }
        try bench.cycle()
        return bench
    }

    @Test("Group probe 404")
    func groupProbe() throws {
        var bench = company()
        bench.target.rule = { request in
            request.target.contains("/Groups") ? .success(HTTPResponse(status: 404)) : nil
        }
        let result = try #require(try bench.testConnection())
        #expect(
            result.failure?.code.rawValue
                == "SystemForCrossDomainIdentityManagementServiceIncompatible")
        #expect(bench.target.calls.count == 2)
        bench.directory.servicePrincipal.provisioning?.provisionsGroups = false
        #expect(try bench.testConnection()?.isSuccess == true)
    }

    @Test("404 message")
    func notFoundMessage() throws {
        var bench = company("https://target.example/wrong")
        let result = try #require(try bench.testConnection())
        let text = """
            An HTTP/404 Not Found response was returned rather than the expected HTTP/200 OK \
            response. To address this issue, ensure that the tenant URL is correct. The tenant URL \
            is usually in a format like: https://<>/scim. If this does not resolve the issue, \
            contact the application developer to ensure their SCIM endpoint conforms with the \
            protocol https://tools.ietf.org/html/rfc7644#section-3.4.2
            """
        #expect(result.text.contains(text))
        #expect(
            result.failure?.code.rawValue
                == "SystemForCrossDomainIdentityManagementServiceIncompatible")
    }

    @Test("Reason text with retry date")
    func reasonText() throws {
        var bench = company()
        bench.target.rule = Self.refusingAda(400, body: #"{"detail":"title is required"}"#)
        try bench.cycle()
        let reason = """
            StatusCode: BadRequest\r\nMessage: Processing of the HTTP request resulted in an \
            exception. Please see the HTTP response returned by the 'Response' property of this \
            exception for details.\r\nWeb Response: \r\n{"detail":"title is required"}. This \
            operation was retried 0 times. It will be retried again after this date: \
            2026-01-05T08:00:00.0000000Z UTC
            """
        #expect(bench.rows.first?.failure?.reason == reason)
    }
}
