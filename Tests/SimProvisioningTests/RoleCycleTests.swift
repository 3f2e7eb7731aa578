import SimCore
import SimDirectory
import Testing

@testable import SimProvisioning

@Suite("Roles of the app in the target — mapping-expressions.md §5.4")
struct RoleCycleTests {
    /// Ada with the default role; the mapping sends roles by the named function.
    private func bench(_ function: String) -> Bench {
        var directory = TestDirectory { configuration in
            configuration.schema = [
                "objectMappings": [
                    [
                        "sourceObjectName": "User",
                        "attributeMappings": [
                            [
                                "targetAttributeName": "userName", "source": "[userPrincipalName]",
                                "matchingPriority": 1,
                            ],
                            ["targetAttributeName": "title", "source": "[jobTitle]"],
                            [
                                "targetAttributeName": "roles",
                                "source": .string("\(function)([appRoleAssignments])"),
                            ],
                        ],
                    ]
                ]
            ]
        }
        directory.addUser("ada")
        return Bench(directory)
    }

    @Test(
        "a create sends structured items, display or displayName by the function",
        arguments: [
            ("AppRoleAssignmentsComplex", "displayName"),
            ("AssertiveAppRoleAssignmentsComplex", "display"),
        ])
    func create(function: String, key: String) throws {
        var bench = bench(function)
        try bench.cycle()
        #expect(
            bench.write.contains(
                #""roles":[{"primary":false,"type":"WindowsAzureActiveDirectoryRole","#
                    + #""\#(key)":"Default Assignment","value":"Default Assignment"}]"#))
        // The target shows them now: nothing to say about them later.
        bench.directory.set("ada", "jobTitle", "Engineer")
        try bench.cycle()
        #expect(bench.writes.count == 1)
        #expect(!bench.write.contains("roles"))
    }

    @Test("a patch adds roles as JSON text, or replaces them all")
    func patch() {
        let text = #"{"id":"1","value":"Admin","displayName":"Administrator"}"#
        func items(_ function: ExpressionFunction) -> RoleItems? {
            RoleItems(.function(.call(function, [.attribute("appRoleAssignments")])), [text])
        }
        let added = items(.appRoleAssignmentsComplex)
        #expect(added?.patched == [["value": .string(text)]])
        #expect(added?.isShown(in: [["value": "Admin"], ["value": "Other"]]) == true)
        #expect(added?.isShown(in: [["value": .string(text)]]) == true)
        let replaced = items(.assertiveAppRoleAssignmentsComplex)
        #expect(
            replaced?.patched == [
                [
                    "primary": false, "type": "WindowsAzureActiveDirectoryRole",
                    "display": "Administrator", "value": "Admin",
                ]
            ])
        #expect(replaced?.isShown(in: [["value": "Admin"], ["value": "Other"]]) == false)
        #expect(replaced?.isShown(in: [["value": "Admin"]]) == true)
        #expect(RoleItems(.attribute("appRoleAssignments"), [text]) == nil)
    }
}
