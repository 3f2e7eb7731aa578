import SimCore
import SimSCIM
import Testing

@Suite("A filter's meaning — RFC 7644 §3.4.2.2, RFC 7643 §2.2")
struct FilterEvaluationTests {
    private static let ada: JSONObject = [
        "id": "A-1", "userName": "Ada@Contoso.example", "externalId": "Ada", "active": true,
        "title": "", "name": ["familyName": "Lovelace"],
        "emails": [
            ["type": "work", "value": "ada@contoso.example", "primary": true],
            ["type": "home", "value": "countess@home.example"],
        ],
        "meta": ["created": "2026-01-05T08:00:00Z"],
        "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": [
            "department": "Analysis", "manager": ["value": "m1"],
        ],
    ]

    @Test(
        "holds for Ada",
        arguments: [
            #"userName eq "ada@contoso.example""#, #"USERNAME eq "ADA@CONTOSO.EXAMPLE""#,
            #"externalId eq "Ada""#, #"id eq "A-1""#,
            #"userName co "@CONTOSO""#, #"userName sw "ada@""#, #"userName ew ".EXAMPLE""#,
            #"userName co """#, #"userName ne "bob""#, #"nickName ne "x""#, "nickName eq null",
            "active eq true", #"active eq "True""#, "active ne false", "active pr",
            #"name.familyName eq "lovelace""#, "not (nickName pr)", "not (title pr)",
            #"emails eq "countess@home.example""#, #"emails.value co "home""#,
            #"emails[type eq "work" and value co "contoso"]"#,
            #"emails[type eq "work"].value eq "ada@contoso.example""#,
            #"emails[primary eq "True"]"#, #"emails.type eq "home""#,
            #"meta.created gt "2026-01-05T08:59:00+01:00""#.replacing("08:59", with: "08:30"),
            #"meta.created le "2026-01-05T08:00:00.000Z""#,
            #"department eq "analysis""#, #"manager eq "m1""#, #"id eq "A-1" and manager eq "m1""#,
            #"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager.value eq "m1""#,
            #"urn:ietf:params:scim:schemas:core:2.0:User:userName sw "ada""#,
            #"userName gt "a" and userName lt "b""#,
            #"userName eq "x" or userName eq "y" or active eq true and title ne "z""#,
        ])
    func holds(_ text: String) throws {
        #expect(try SCIMFilter(parsing: text).matches(Self.ada, as: .user))
    }

    @Test(
        "does not hold for Ada",
        arguments: [
            #"externalId eq "ada""#, #"id eq "a-1""#, #"manager eq "M1""#,
            #"emails[type eq "home" and value co "contoso"]"#,
            #"emails[type eq "home" and primary eq true]"#,
            "nickName pr", "title pr", "nickName eq \"\"", "active eq false", "active eq \"yes\"",
            "unknown pr", #"name eq "Lovelace""#, #"userName.sub eq "x""#,
            #"(active eq true or title pr) and nickName pr"#, "not (active eq true)",
            #"urn:ietf:params:scim:schemas:core:2.0:User:department eq "Analysis""#,
            #"userName eq 5"#, "id gt 5",
        ])
    func fails(_ text: String) throws {
        #expect(try !SCIMFilter(parsing: text).matches(Self.ada, as: .user))
    }

    @Test(
        "asks for the order of booleans and is refused",
        arguments: [
            "active gt true", #"emails[primary le "true"]"#, "not (title pr or active ge 1)",
        ])
    func noOrder(_ text: String) throws {
        let filter = try SCIMFilter(parsing: text)
        let error = #expect(throws: SCIMError.self) { try filter.validate(for: .user) }
        #expect(error?.status == 400)
        #expect(error?.keyword == .invalidFilter)
    }

    @Test("that is one equality can be answered by an index")
    func index() throws {
        let equality = try SCIMFilter(parsing: #"userName eq "ada""#).singleEquality
        #expect(equality?.path == AttributePath("userName"))
        #expect(equality?.value == "ada")
        #expect(try SCIMFilter(parsing: "active eq true").singleEquality == nil)
        #expect(try SCIMFilter(parsing: #"not (userName eq "ada")"#).singleEquality == nil)
    }
}
