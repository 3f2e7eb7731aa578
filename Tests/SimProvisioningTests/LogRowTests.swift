import SimCore
import SimDirectory
import SimHTTP
import Testing

@testable import SimProvisioning

@Suite("The provisioning log and the job, as Graph shows them — provisioning.md §5, §6.1")
struct LogRowTests {
    private func bench() throws -> Bench {
        var directory = TestDirectory()
        directory.addUser("ada")
        var bench = Bench(directory)
        try bench.cycle()
        return bench
    }

    @Test("a create has the members of the real record, in its order — §5.1 [W]")
    func createRow() throws {
        let bench = try bench()
        let job = try bench.directory.job()
        let row = try #require(bench.rows.first)
        let json = row.resource(ProvisioningLogContext(job: job))
        #expect(
            json.objectValue?.names == [
                "id", "activityDateTime", "tenantId", "jobId", "cycleId", "changeId",
                "provisioningAction", "durationInMilliseconds", "initiatedBy", "servicePrincipal",
                "sourceSystem", "targetSystem", "sourceIdentity", "targetIdentity",
                "provisioningStatusInfo", "provisioningSteps", "modifiedProperties",
            ])
        #expect(
            json["provisioningStatusInfo"]?.text == #"{"status":"success","errorInformation":null}"#
        )
        let steps = json["provisioningSteps"]?.arrayValue ?? []
        #expect(
            steps.map { $0["name"]?.stringValue } == [
                "EntryImportAdd", "EntrySynchronizationScoping", "EntrySynchronizationAdd",
                "EntryExportAdd",
            ])
        #expect(
            steps.map { $0["provisioningStepType"]?.stringValue } == [
                "import", "scoping", "matching", "export",
            ])
        #expect(
            steps.map { $0["description"]?.stringValue } == [
                "Received User 'ada@fabrikam.example' change of type (Add) from Microsoft Entra ID",
                "Determine if User in scope by evaluating against each scoping filter",
                "User 'ada@fabrikam.example' will be created in customappsso (User is active and "
                    + "assigned in Microsoft Entra ID, but no matching User was found in "
                    + "customappsso)",
                "User 'ada@fabrikam.example' was created in customappsso",
            ])
    }

    @Test("a row tells of the moment it is about, whenever it is read — §5")
    func lateReading() throws {
        var bench = try bench()
        let row = try #require(bench.rows.first)
        let stored = try #require(ProvisioningLogEntry(payload: row.payload))
        bench.directory.set("ada", "surname", "Vale")
        try bench.cycle()
        #expect(row == stored)
        #expect(row.steps.first?.details.contains(.init("surname", "Moss")) == true)
        let next = try #require(bench.rows.last)
        #expect(next != row)
        #expect(next.steps.first?.details.contains(.init("surname", "Vale")) == true)
        #expect(next.modified.contains { $0.new == "Vale" })
    }

    @Test("a create shows what was read and what was written — §5.1 [W]")
    func createDetails() throws {
        let bench = try bench()
        let job = try bench.directory.job()
        let json = try #require(bench.rows.first).resource(ProvisioningLogContext(job: job))
        let steps = json["provisioningSteps"]?.arrayValue ?? []
        let id = TestDirectory.userID("ada")
        #expect(
            steps.first?["details"]?.text == """
                {"objectId":"\(id)","accountEnabled":"True","displayName":"Ada Moss",\
                "givenName":"Ada","mail":"ada@fabrikam.example","mailNickname":"ada",\
                "surname":"Moss","userPrincipalName":"ada@fabrikam.example",\
                "IsSoftDeleted":"False","appRoleAssignments":"Default Assignment"}
                """)
        #expect(
            steps.last?["details"]?.text == """
                {"ReportableIdentifier":"ada@fabrikam.example","userName":"ada@fabrikam.example",\
                "active":"True","displayName":"Ada Moss",\
                "emails[type eq \\"work\\"]value":"ada@fabrikam.example","namegivenName":"Ada",\
                "namefamilyName":"Moss","nameformatted":"Ada Moss","externalId":"ada"}
                """)
        #expect(
            json["modifiedProperties"]?.arrayValue?.first?.text
                == #"{"displayName":"userName","oldValue":null,"newValue":"ada@fabrikam.example"}"#)
        #expect(
            json["sourceIdentity"]?.text == """
                {"id":"\(id)","displayName":"Ada Moss","identityType":"User","details":\
                {"id":"\(id)","odatatype":"User","DisplayName":"Ada Moss",\
                "UserPrincipalName":"ada@fabrikam.example"}}
                """)
        #expect(
            json["targetSystem"]?["details"]?["ApplicationId"]
                == "8adf8e6e-67b2-4cf2-a259-e3dc5476c621")
    }

    @Test("a redundant export has its reason and no modified properties — §5.1, §5.4")
    func redundantRow() throws {
        var bench = try bench()
        bench.directory.set("ada", "companyName", "X")
        try bench.cycle()
        let json = try #require(bench.rows.first).resource(
            ProvisioningLogContext(job: try bench.directory.job()))
        let last = json["provisioningSteps"]?.arrayValue?.last
        #expect(last?["details"]?["SkipReason"] == "RedundantExport")
        #expect(last?["status"] == "skipped")
        #expect(json["modifiedProperties"] == [])
        #expect(json["provisioningAction"] == "other")
        let steps = json["provisioningSteps"]?.arrayValue ?? []
        #expect(
            steps.dropFirst().first?["description"] == "Retrieved  'Ada Moss' from customappsso")
    }

    @Test("every kind of row survives the journal")
    func payload() throws {
        var bench = try bench()
        bench.directory.addUser("bob", enabled: false)
        bench.directory.unassign("ada")
        bench.directory.addGroup("Builders")
        bench.target.rule = { request in
            request.target == "/scim/Groups" ? .success(HTTPResponse(status: 500)) : nil
        }
        try bench.cycle()
        #expect(bench.rows.count == 3)
        for row in bench.rows {
            let text = row.payload.text
            #expect(ProvisioningLogEntry(payload: try JSONValue(parsing: text)) == row)
        }
    }

    @Test("the job before, after and in quarantine — §1.2, §6.1")
    func jobResource() throws {
        var directory = TestDirectory { $0.startsEnabled = false }
        directory.addUser("ada")
        var bench = Bench(directory)
        let job = try directory.job()
        func text(_ path: String...) -> String {
            path.reduce(Optional(job.resource(bench.state))) { $0?[$1] }?.text ?? "‹absent›"
        }
        #expect(text("status", "code") == #""NotConfigured""#)
        #expect(text("schedule", "state") == #""Disabled""#)
        #expect(text("schedule", "interval") == #""P10675199DT2H48M5.4775807S""#)
        bench.apply(.started)
        #expect(text("status", "code") == #""NotRun""#)
        #expect(text("schedule", "interval") == #""PT40M""#)
        try bench.cycle()
        #expect(text("status", "code") == #""Active""#)
        #expect(text("status", "lastExecution", "state") == #""Succeeded""#)
        #expect(
            text("status", "synchronizedEntryCountByType")
                == #"[{"key":"User to urn:ietf:params:scim:schemas:extension:enterprise:2.0:User","#
                + #""value":1}]"#)
        bench.apply(.paused)
        #expect(text("status", "code") == #""Paused""#)
        bench.apply(.started)
        bench.target.rule = { _ in .failure(.refused) }
        try bench.cycle()
        #expect(text("status", "code") == #""Quarantine""#)
        #expect(
            text("status", "quarantine", "reason") == #""EncounteredQuarantineException""#)
        #expect(text("status", "lastExecution", "state") == #""Failed""#)
        bench.apply(.started)
        #expect(text("status", "quarantine") == "null")
    }

    @Test("reset scopes by name; an empty one is the portal's restart — §6.2")
    func resetScopes() {
        #expect(ResetScope(text: "") == .portal)
        #expect(ResetScope(text: "Watermark, Escrows, QuarantineState") == .portal)
        #expect(ResetScope(text: "full") == .full)
        #expect(ResetScope(text: "None") == [])
        #expect(ResetScope(text: "Everything") == nil)
    }
}
