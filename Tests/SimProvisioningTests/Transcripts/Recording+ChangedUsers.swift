import SimCore
import SimDirectory

@testable import SimProvisioning

// Changed values of a linked user, kind by kind.
extension Recording {
    static let userAddSingle = Recording(
        title: "A single value the target did not have",
        source: "provisioning.md §7.4 single-value add [D]",
        events: [{ $0.directory.set("ada", "jobTitle", "Engineer") }])

    static let userReplaceSingle = Recording(
        title: "A single value that differs",
        source: "provisioning.md §7.4 Update [D]",
        events: [{ $0.directory.set("ada", "displayName", "Ada Lovelace") }])

    static let userEmptySingle = Recording(
        title: "A value emptied in Entra: nothing is sent, the target keeps its own",
        source: "provisioning.md §8 value rules, §12 question 10 [D]",
        events: [{ $0.directory.set("ada", "department", nil) }])

    static let userAddComplex = Recording(
        title: "Parts of a complex attribute the target did not have: dotted paths",
        source: "provisioning.md §7.4 Add or Replace (unverified rule), paths [D]",
        configure: users([
            ("userName", "[userPrincipalName]"), ("name.middleName", "[jobTitle]"),
            ("name.honorificPrefix", "[companyName]"),
        ]),
        events: [
            {
                $0.directory.set("ada", "jobTitle", "King")
                $0.directory.set("ada", "companyName", "Dr")
            }
        ])

    static let userReplaceComplex = Recording(
        title: "Parts of a complex attribute that differ: dotted paths, or dotted keys",
        source: "provisioning.md §7.4 Update and grouping [D]",
        events: [{ $0.directory.set("ada", "surname", "Lovelace") }])

    static let userAddFiltered = Recording(
        title: "Values of multi-valued attributes the target did not have",
        source: "provisioning.md §7.4 Update and grouping [D]",
        events: [
            {
                $0.directory.set("ada", "mobile", "+44 7")
                $0.directory.set("ada", "city", "Leeds")
                $0.directory.set("ada", "postalCode", "LS1")
            }
        ])

    static let userReplaceFiltered = Recording(
        title: "A value of a multi-valued attribute that differs",
        source: "provisioning.md §7.4 Update and grouping [D]",
        events: [{ $0.directory.set("ada", "mail", "ada.l@fabrikam.example") }])

    static let userExtension = Recording(
        title: "Attributes of the enterprise extension and of one of one's own",
        source: "provisioning.md §7.4 Update [D], extension paths [D]",
        configure: users([
            ("userName", "[userPrincipalName]"),
            (
                "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department",
                "[department]"
            ),
            ("urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:division", "[state]"),
            ("urn:ietf:params:scim:schemas:extension:Roster:2.0:User:badge", "[employeeId]"),
        ]),
        events: [
            {
                $0.directory.set("ada", "department", "R&D")
                $0.directory.set("ada", "employeeId", "8")
                $0.directory.set("ada", "state", "North")
            }
        ])

    static let userMixed = Recording(
        title: "The documented example: single, complex, filtered and extension values at once",
        source: "provisioning.md §7.4 Update [D]",
        configure: users([
            ("userName", "[userPrincipalName]"), ("displayName", "[displayName]"),
            (#"emails[type eq "work"].value"#, "[mail]"), ("name.familyName", "[surname]"),
            ("nickName", "[jobTitle]"),
            (
                "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:employeeNumber",
                "[employeeId]"
            ),
        ]),
        events: [
            {
                $0.directory.set("ada", "displayName", "Ada Lovelace")
                $0.directory.set("ada", "mail", "ada.l@fabrikam.example")
                $0.directory.set("ada", "surname", "Lovelace")
                $0.directory.set("ada", "jobTitle", "Ada")
                $0.directory.set("ada", "employeeId", "8")
            }
        ])

    // MARK: Roles

    private static let accountant: @Sendable (inout TestDirectory) -> Void = { directory in
        let role = AppRegistration.AppRole(
            id: AppRoleID(GUID(seed: 4, name: "role")), value: "Admin",
            displayName: "Administrator", allowedMemberTypes: [.user])
        var registration = AppRegistration(
            id: ApplicationID(GUID(seed: 4, name: "app")), appID: TestDirectory.appID,
            displayName: "Roster", createdAt: TestDirectory.start)
        registration.appRoles = [role]
        directory.append(.applicationCreated(registration))
        directory.addUser("ada", assigned: false)
        directory.append(
            .assigned(
                AppRoleAssignment(
                    id: AssignmentID(GUID(seed: 3, name: "ada")),
                    principal: .user(TestDirectory.userID("ada")), resource: TestDirectory.app,
                    appRole: role.id, createdAt: TestDirectory.start)))
    }

    private static let withoutRoles: @Sendable (inout TinyTarget) -> Void = {
        $0.put(user: ["userName": "ada@fabrikam.example"], id: "5250")
    }

    private static func role(
        _ title: String, _ target: String, _ function: String
    ) -> Recording {
        Recording(
            title: title, source: "provisioning.md §7.4 roles; mapping-expressions.md §5.4 [D]",
            extract: .writes,
            configure: users([
                ("userName", "[userPrincipalName]"), (target, "\(function)([appRoleAssignments])"),
            ]), people: accountant, target: withoutRoles)
    }

    static let userRoles = role(
        "Roles with AppRoleAssignmentsComplex: added, as JSON text", "roles",
        "AppRoleAssignmentsComplex")
    static let userRolesAssertive = role(
        "Roles with AssertiveAppRoleAssignmentsComplex: replaced as a whole", "roles",
        "AssertiveAppRoleAssignmentsComplex")
    static let userRoleSingle = role(
        "The one role with SingleAppRoleAssignment", #"roles[primary eq "True"].value"#,
        "SingleAppRoleAssignment")
}
