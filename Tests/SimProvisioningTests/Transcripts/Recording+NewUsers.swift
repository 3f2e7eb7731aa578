import SimCore
import SimDirectory

@testable import SimProvisioning

// Finding, reading and creating users.
extension Recording {
    /// Rows of a user mapping as the schema writes them.
    static func users(
        _ rows: [(target: String, source: String)], matching: [String] = ["userName"],
        others: [JSONValue] = []
    ) -> @Sendable (inout ProvisioningConfiguration) -> Void {
        let mappings: [JSONValue] = rows.map { row in
            var object: JSONObject = [
                "targetAttributeName": .string(row.target), "source": .string(row.source),
            ]
            if let place = matching.firstIndex(of: row.target) {
                object.append("matchingPriority", .int(Int64(place + 1)))
            }
            return .object(object)
        }
        let schema: JSONValue = [
            "objectMappings": [
                ["sourceObjectName": "User", "attributeMappings": .array(mappings + others)]
            ]
        ]
        return { $0.schema = schema }
    }

    static let userQuery = Recording(
        title: "A user looked for by the matching attribute; encoding of special characters",
        source: "provisioning.md §7.2 [W], §1.7; guests §1.6 [D]", extract: .queries,
        people: { directory in
            directory.addUser("ada")
            for (name, text) in [
                ("plus", "o'neil+x&y@fabrikam.example"), ("space", "zoë brun@fabrikam.example"),
                ("quote", #"mo"ss\@fabrikam.example"#), ("slash", "a/b=c;d:e,f#g@fabrikam.example"),
            ] {
                directory.addUser(name)
                directory.set(name, "userPrincipalName", .string(text))
            }
            directory.addUser("guest")
            directory.set("guest", "userType", "Guest")
            directory.set(
                "guest", "userPrincipalName", "eve_moss_home.example#EXT#@fabrikam.example")
        })

    static let userQueryBySecondAttribute = Recording(
        title: "Two matching attributes: the second is asked for when the first finds nobody",
        source: "provisioning.md §1.7 [D]", extract: .queries,
        configure: users(
            [("externalId", "[mailNickname]"), ("userName", "[userPrincipalName]")],
            matching: ["externalId", "userName"]), people: { $0.addUser("ada") })

    static let userRead = Recording(
        title: "A linked user read by id; nothing differs, nothing is written",
        source: "provisioning.md §7.4 read linked [D], §1.8 RedundantExport [D]",
        events: [{ $0.directory.set("ada", "companyName", "Fabrikam") }])

    static let userCreate = Recording(
        title: "A new user with every default mapping filled in",
        source: "provisioning.md §7.4 Create [D], primary true [W], §8 default mappings",
        people: { directory in
            directory.addUser(
                "ada",
                [
                    "jobTitle": "Engineer", "preferredLanguage": "en-GB",
                    "physicalDeliveryOfficeName": "HQ", "streetAddress": "1 High St",
                    "city": "Leeds", "state": "WY", "postalCode": "LS1", "country": "GB",
                    "telephoneNumber": "+44 1", "mobile": "+44 7",
                    "facsimileTelephoneNumber": "+44 2", "employeeId": "7", "department": "R&D",
                ])
        })

    static let userCreateFewValues = Recording(
        title: "A new user with hardly a value: nulls are left out",
        source: "provisioning.md §7.4 notes, §8 value rules [D]",
        people: { directory in
            directory.addUser("ada")
            for name in ["givenName", "surname", "mail", "mailNickname"] {
                directory.set("ada", name, nil)
            }
        })

    static let userCreateOwnMappings = Recording(
        title: "Constant, default value, only-on-create, extension of one's own, a list",
        source: "provisioning.md §7.4 notes, §8 value rules [D]; URN not in schemas [D]",
        configure: users(
            [
                ("userName", "[userPrincipalName]"), ("userType", #"ToUpper("employee")"#),
                ("nickName", "[mailNickname]"),
                ("urn:ietf:params:scim:schemas:extension:Roster:2.0:User:badge", "[employeeId]"),
                ("x509Tags", #"Split([department], "-")"#),
            ],
            others: [
                [
                    "targetAttributeName": "locale", "source": "[preferredLanguage]",
                    "defaultValue": "en-GB",
                ],
                [
                    "targetAttributeName": "timezone", "source": "[city]",
                    "flowType": "ObjectAddOnly",
                ],
            ]),
        people: { $0.addUser("ada", ["employeeId": "7", "department": "a-b", "city": "Leeds"]) })

    static let userAdopt = Recording(
        title: "An account the target already has: linked, and given what differs",
        source: "provisioning.md §1.7 one match [D], §7.4 Update [D]",
        people: { $0.addUser("ada") },
        target: {
            $0.put(
                user: [
                    "userName": "ADA@fabrikam.example", "displayName": "Ada", "active": true,
                    "name": ["givenName": "Ada", "familyName": "Moss"],
                ], id: "5250")
        })
}
