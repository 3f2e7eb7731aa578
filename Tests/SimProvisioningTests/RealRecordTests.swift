import SimCore
import SimDirectory
import SimHTTP
import Testing

@testable import SimProvisioning

/// The captured records, each made again by what made it: a mapping, a directory, a target and a
/// clock. Ids and names are ours; everything else must be as it was.
@Suite("The two captured log records — provisioning.md §1.11, §5.1, §5.3 [W]")
struct RealRecordTests {
    private static let refusal =
        #"{"schemas":["urn:ietf:params:scim:api:messages:2.0:Error"],"status":"400"}"#

    /// The mapping the captured rows show: three attributes, the plain user as target object.
    private func directory() -> TestDirectory {
        var directory = TestDirectory { configuration in
            configuration.provisionsGroups = false
            configuration.schema = [
                "objectMappings": [
                    [
                        "sourceObjectName": "User",
                        "targetObjectName": "urn:ietf:params:scim:schemas:core:2.0:User",
                        "attributeMappings": [
                            [
                                "targetAttributeName": "userName",
                                "source": "[userPrincipalName]", "matchingPriority": 1,
                            ],
                            [
                                "targetAttributeName": "active",
                                "source":
                                    #"Switch([IsSoftDeleted], , "False", "True", "True", "False")"#,
                            ],
                            [
                                "targetAttributeName": "name.givenName",
                                "source": #"Word([displayName], 1, " ")"#,
                            ],
                        ],
                    ]
                ]
            ]
        }
        let role = AppRoleID(GUID(seed: 9, name: "role"))
        var app = AppRegistration(
            id: ApplicationID(GUID(seed: 9, name: "app")), appID: TestDirectory.appID,
            displayName: "Roster", createdAt: TestDirectory.start)
        app.appRoles = [
            .init(id: role, value: "User", displayName: "User", allowedMemberTypes: [.user])
        ]
        directory.append(.applicationCreated(app))
        directory.addUser("ada", assigned: false)
        directory.append(
            .assigned(
                AppRoleAssignment(
                    id: AssignmentID(GUID(seed: 9, name: "assignment")),
                    principal: .user(TestDirectory.userID("ada")), resource: TestDirectory.app,
                    appRole: role, createdAt: TestDirectory.start)))
        return directory
    }

    private func bench(at start: String) throws -> Bench {
        var bench = Bench(directory())
        bench.now = try #require(Timestamp(iso8601: start))
        // The row took 630 ms: a query and a write.
        bench.latency = .milliseconds(315)
        bench.target.rule = { request in
            request.method == .post
                ? .success(HTTPResponse(status: 400, body: Array(Self.refusal.utf8))) : nil
        }
        return bench
    }

    private func resource(_ bench: Bench) throws -> JSONValue {
        try #require(bench.rows.first).resource(
            ProvisioningLogContext(job: try bench.directory.job()))
    }

    @Test("a create the target refuses with 400, member for member")
    func failedCreate() throws {
        var bench = try bench(at: "2026-04-02T07:23:46.055Z")
        try bench.cycle()
        let row = try resource(bench)
        let id = TestDirectory.userID("ada").description
        let app = TestDirectory.app.description
        let upn = "ada@fabrikam.example"
        // Exceptions: ids are drawn by us; the reference cuts the reason short, and it leaves out
        // the matching attribute's row, without which nothing could have been queried.
        let expected: JSONValue = [
            "id": row["id"] ?? nil, "activityDateTime": "2026-04-02T07:23:47Z",
            "tenantId": .string(TestDirectory.tenant.description),
            "jobId": .string(try bench.directory.job().id),
            "cycleId": row["cycleId"] ?? nil, "changeId": row["changeId"] ?? nil,
            "provisioningAction": "create", "durationInMilliseconds": 630,
            "initiatedBy": [
                "id": "", "displayName": "Azure AD Provisioning Service",
                "initiatorType": "system",
            ],
            "servicePrincipal": ["id": .string(app), "displayName": "Roster"],
            "sourceSystem": [
                "id": row["sourceSystem"]?["id"] ?? nil, "displayName": "Microsoft Entra ID",
                "details": [:],
            ],
            "targetSystem": [
                "id": row["targetSystem"]?["id"] ?? nil, "displayName": "customappsso",
                "details": [
                    "ApplicationId": "8adf8e6e-67b2-4cf2-a259-e3dc5476c621",
                    "ServicePrincipalId": .string(app), "ServicePrincipalDisplayName": "Roster",
                ],
            ],
            "sourceIdentity": source(id, upn),
            "targetIdentity": [
                "id": "", "displayName": "",
                "identityType": "urn:ietf:params:scim:schemas:core:2.0:User", "details": [:],
            ],
            "provisioningStatusInfo": [
                "status": "failure",
                "errorInformation": [
                    "errorCode": "SystemForCrossDomainIdentityManagementServiceIncompatible",
                    "errorCategory": "nonServiceFailure",
                    "reason": .string(reason(retries: 0, next: "2026-04-02T07:23:47.0000000Z")),
                    "additionalDetails": nil, "recommendedAction": nil,
                ],
            ],
            "provisioningSteps": .array(steps(id, upn)),
            "modifiedProperties": [
                ["displayName": "userName", "oldValue": nil, "newValue": .string(upn)],
                ["displayName": "active", "oldValue": nil, "newValue": "True"],
                ["displayName": "name.givenName", "oldValue": nil, "newValue": "Ada"],
            ],
        ]
        // As text: the order counts too.
        #expect(row.prettyText == expected.prettyText)
    }

    private func source(_ id: String, _ upn: String) -> JSONValue {
        [
            "id": .string(id), "displayName": "Ada Moss", "identityType": "User",
            "details": [
                "id": .string(id), "odatatype": "User", "DisplayName": "Ada Moss",
                "UserPrincipalName": .string(upn),
            ],
        ]
    }

    private func steps(_ id: String, _ upn: String) -> [JSONValue] {
        [
            [
                "name": "EntryImportAdd", "provisioningStepType": "import", "status": "success",
                "description": .string(
                    "Received User '\(upn)' change of type (Add) from Microsoft Entra ID"),
                "details": [
                    "objectId": .string(id), "accountEnabled": "True", "displayName": "Ada Moss",
                    "userPrincipalName": .string(upn), "IsSoftDeleted": "False",
                    "appRoleAssignments": "User",
                ],
            ],
            [
                "name": "EntrySynchronizationScoping", "provisioningStepType": "scoping",
                "status": "success",
                "description":
                    "Determine if User in scope by evaluating against each scoping filter",
                "details": [
                    "Active in the source system": "True", "Assigned to the application": "True",
                    "User has the required role": "True",
                    "Scoping filter evaluation passed": "True", "ScopeEvaluationResult": "{}",
                ],
            ],
            [
                "name": "EntrySynchronizationAdd", "provisioningStepType": "matching",
                "status": "success",
                "description": .string(
                    "User '\(upn)' will be created in customappsso (User is active and assigned "
                        + "in Microsoft Entra ID, but no matching User was found in "
                        + "customappsso)"), "details": [:],
            ],
            [
                "name": "EntryExportAdd", "provisioningStepType": "export", "status": "failure",
                "description": .string("Failed to create User '\(upn)' in customappsso"),
                "details": [
                    "ReportableIdentifier": .string(upn), "userName": .string(upn),
                    "active": "True", "namegivenName": "Ada",
                ],
            ],
        ]
    }

    private func reason(retries: Int, next: String) -> String {
        "StatusCode: BadRequest\r\nMessage: Processing of the HTTP request resulted in an "
            + "exception. Please see the HTTP response returned by the 'Response' property of "
            + "this exception for details.\r\nWeb Response: \r\n\(Self.refusal). This operation "
            + "was retried \(retries) times. It will be retried again after this date: \(next) UTC"
    }

    @Test("the retry of it six minutes later, with its stored failure and the next date")
    func retriedCreate() throws {
        var bench = try bench(at: "2026-04-02T07:17:41.055Z")
        try bench.cycle()
        bench.now = try #require(Timestamp(iso8601: "2026-04-02T07:23:44Z"))
        bench.latency = .seconds(1)
        try bench.cycle()
        let row = try resource(bench)
        let id = TestDirectory.userID("ada").description
        #expect(row["activityDateTime"] == "2026-04-02T07:23:47Z")
        let step = row["provisioningSteps"]?.arrayValue?.first
        let expected: JSONValue = [
            "name": "EntryEscrowRetry", "provisioningStepType": "import", "status": "success",
            "description": .string(
                "We are retrying an operation that previously failed.\r\nIdentifier: \(id)\r\n"
                    + "Object type: User\r\nDirectory: Microsoft Entra ID"),
            "details": [
                "CountProcessed": "0", "CreationTime": "2026-04-02T07:17:42.0000000Z",
                "Identifier": .string(id), "ModificationType": "Add",
                "NextAttempt": "2026-04-02T07:17:42.0000000Z", "Origin": "Source",
                "TypeName": "EscrowedEntryDefault",
            ],
        ]
        #expect(step?.prettyText == expected.prettyText)
        // Six hours from the beginning of the retry, not from its end. §1.11
        let error = row["provisioningStatusInfo"]?["errorInformation"]
        #expect(
            error?["reason"]?.stringValue
                == reason(retries: 1, next: "2026-04-02T13:23:44.0000000Z"))
    }

    @Test("a value the target must have and the source lacks is skipped by name — §5.4")
    func missingValue() throws {
        var directory = TestDirectory { configuration in
            configuration.schema = [
                "objectMappings": [
                    [
                        "sourceObjectName": "User",
                        "attributeMappings": [
                            [
                                "targetAttributeName": "externalId", "source": "[mailNickname]",
                                "matchingPriority": 1,
                            ], ["targetAttributeName": "userName", "source": "[employeeId]"],
                        ],
                    ]
                ]
            ]
        }
        directory.addUser("ada")
        var bench = Bench(directory)
        try bench.cycle()
        let step = try resource(bench)["provisioningSteps"]?.arrayValue?.last
        #expect(step?["name"] == "EntrySynchronizationSkip")
        #expect(
            step?["details"]?.text
                == #"{"SkipReason":"AttributeValidationFailed","PropertyName":"userName"}"#)
        #expect(
            step?["description"]?.stringValue?.contains(
                "will be skipped because the value of the property userName is missing or invalid.")
                ?? false)
    }
}
