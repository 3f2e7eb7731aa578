import SimCore
import SimSCIM
import Testing

@Suite("A filter's text — RFC 7644 §3.4.2.2")
struct FilterGrammarTests {
    /// A text and the same filter as it prints itself.
    @Test(
        "is read as",
        arguments: [
            (#"userName eq "ada""#, #"userName eq "ada""#),
            (#"USERNAME EQ "Ada""#, #"USERNAME eq "Ada""#),
            ("title pr", "title pr"),
            ("  title\tPR  ", "title pr"),
            (#"a eq "1" or b eq "2" and c eq "3""#, #"a eq "1" or b eq "2" and c eq "3""#),
            (#"(a eq "1" or b eq "2") and c pr"#, #"(a eq "1" or b eq "2") and c pr"#),
            (#"((a pr))"#, "a pr"),
            ("not (a pr) and b pr", "not (a pr) and b pr"),
            ("NOT(a pr)", "not (a pr)"),
            (#"not eq "x""#, #"not eq "x""#),
            (#"emails[type eq "work"]"#, #"emails[type eq "work"]"#),
            (
                #"emails[type eq "work" and (value co "@x" or primary eq true)]"#,
                #"emails[type eq "work" and (value co "@x" or primary eq true)]"#
            ),
            (
                #"emails[type eq "work"].value eq "a@b""#,
                #"emails[type eq "work" and value eq "a@b"]"#
            ),
            (
                #"urn:ietf:params:scim:schemas:core:2.0:User:userName eq "a""#,
                #"urn:ietf:params:scim:schemas:core:2.0:User:userName eq "a""#
            ),
            (
                #"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager.value pr"#,
                "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager.value pr"
            ),
            ("active eq TRUE", "active eq true"),
            ("a eq null and b ge -12 and c lt 1.5", "a eq null and b ge -12 and c lt 1.5"),
            (#"a eq "q\"\\\u0041""#, #"a eq "q\"\\A""#),
            (#"name.familyName co "O'Malley""#, #"name.familyName co "O'Malley""#),
            (#"displayName eq "LA-(0a) [x] and""#, #"displayName eq "LA-(0a) [x] and""#),
            (#"a ne ""#, ""),
        ].filter { !$0.1.isEmpty })
    func reading(_ text: String, _ printed: String) throws {
        let filter = try SCIMFilter(parsing: text)
        #expect(filter.description == printed)
        #expect(try SCIMFilter(parsing: printed) == filter)
    }

    @Test("binds 'and' tighter than 'or', and 'not' tightest")
    func precedence() throws {
        let a = SCIMFilter.present(AttributePath("a"))
        let b = SCIMFilter.present(AttributePath("b"))
        let c = SCIMFilter.present(AttributePath("c"))
        #expect(try SCIMFilter(parsing: "a pr or b pr and c pr") == .or([a, .and([b, c])]))
        #expect(try SCIMFilter(parsing: "a pr and b pr or c pr") == .or([.and([a, b]), c]))
        #expect(try SCIMFilter(parsing: "not (a pr) or b pr") == .or([.not(a), b]))
        #expect(try SCIMFilter(parsing: "(a pr or b pr) and c pr") == .and([.or([a, b]), c]))
    }

    @Test(
        "is refused with reason and place",
        arguments: [
            ("", .empty, 0), ("   ", .empty, 3),
            ("userName", .expectedOperator, 8),
            ("userName eq", .expectedValue, 11),
            ("userName is \"x\"", .unknownOperator("is"), 9),
            ("userName eq ada", .malformedValue, 12),
            ("userName eq {}", .malformedValue, 12),
            ("userName eq \"ada", .expectedClosing("\""), 16),
            ("userName eq \"ada\\", .expectedClosing("\""), 17),
            ("userName eq 'ada'", .malformedValue, 12),
            ("userName eq 01", .malformedValue, 14),
            ("(a pr", .expectedClosing(")"), 5),
            ("a pr)", .trailingText, 4),
            ("a pr b pr", .trailingText, 5),
            ("a pr and", .expectedAttribute, 8),
            ("and a pr", .unknownOperator("a"), 4),
            ("1a pr", .notAnAttribute("1a"), 0),
            ("a.b.c pr", .notAnAttribute("a.b.c"), 0),
            ("a..b pr", .notAnAttribute("a..b"), 0),
            ("urn:x:2.0:User pr", .notAnAttribute("urn:x:2.0:User"), 0),
            ("emails[type eq \"work\"", .expectedClosing("]"), 21),
            ("emails[]", .expectedAttribute, 7),
            ("emails[a[b pr] pr]", .filterInsideValueFilter, 8),
            ("emails[type pr].1 pr", .expectedAttribute, 16),
            ("\"a\" eq \"b\"", .expectedAttribute, 0),
        ] as [(String, SCIMFilterError.Reason, Int)])
    func refusal(_ text: String, _ reason: SCIMFilterError.Reason, _ offset: Int) {
        #expect(throws: SCIMFilterError(reason, at: offset)) { try SCIMFilter(parsing: text) }
    }

    @Test("may be nested to the limit and not one level deeper")
    func nesting() throws {
        func nested(_ depth: Int) -> String {
            String(repeating: "(", count: depth) + "a pr" + String(repeating: ")", count: depth)
        }
        let limit = SCIMFilter.depthLimit
        #expect(try SCIMFilter(parsing: nested(limit)) == .present(AttributePath("a")))
        #expect(throws: SCIMFilterError(.nestedTooDeeply(limit: limit), at: limit)) {
            try SCIMFilter(parsing: nested(limit + 1))
        }
        func element(_ depth: Int) -> String {
            let open = String(repeating: "not (", count: depth)
            return open + "a[b pr or c pr].d pr" + String(repeating: ")", count: depth)
        }
        let deepest = try SCIMFilter(parsing: element(limit - 2))
        #expect(try SCIMFilter(parsing: deepest.description) == deepest)
        #expect(throws: SCIMFilterError.self) { try SCIMFilter(parsing: element(limit - 1)) }
        let negated = String(repeating: "not(", count: 5_000)
        #expect(throws: SCIMFilterError.self) { try SCIMFilter(parsing: negated) }
    }

    @Test("may be as long as the limit and not one byte longer")
    func length() throws {
        let frame = #"a eq """#.utf8.count
        let limit = SCIMFilter.lengthLimit
        let longest = "a eq \"" + String(repeating: "x", count: limit - frame) + "\""
        #expect(longest.utf8.count == limit)
        _ = try SCIMFilter(parsing: longest)
        #expect(throws: SCIMFilterError(.tooLong(limit: limit), at: limit)) {
            try SCIMFilter(parsing: longest + " ")
        }
    }

    @Test("of two thousand terms is flat")
    func chains() throws {
        let text = Array(repeating: "a pr", count: 2_000).joined(separator: " or ")
        guard case .or(let terms) = try SCIMFilter(parsing: text) else {
            Issue.record("not a disjunction")
            return
        }
        #expect(terms.count == 2_000)
    }

    @Test("never traps, whatever the bytes")
    func noise() {
        let pieces = [
            "a", "eq", "\"x\"", "(", ")", "[", "]", ".", " and ", " or ", "not", " ", "\\", "\"",
            "urn:", ":", "2.0", "pr", "é", "\u{0}", "1e9", "-", "true", "null", "$ref",
        ]
        let random = SeededRandom(seed: 20)
        for _ in 0..<20_000 {
            let count = 1 + random.number(below: 12, for: RandomPurpose("count"))
            let text = (0..<count).map { _ in
                pieces[Int(random.number(below: UInt64(pieces.count), for: RandomPurpose("piece")))]
            }.joined()
            if let filter = try? SCIMFilter(parsing: text) {
                #expect((try? SCIMFilter(parsing: filter.description)) == filter, "\(text)")
            }
            _ = try? SCIMPath(parsing: text)
        }
    }
}

@Suite("A PATCH path — RFC 7644 §3.5.2")
struct PatchPathTests {
    private static let manager =
        "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager"

    @Test(
        "is taken apart",
        arguments: [
            ("displayName", SCIMPath(attribute: "displayName")),
            ("name.givenName", SCIMPath(attribute: "name", subAttribute: "givenName")),
            (
                "emails[type eq \"work\"].value",
                SCIMPath(
                    attribute: "emails", filter: .equal(AttributePath("type"), "work"),
                    subAttribute: "value")
            ),
            (
                "members[value eq \"a:b\"]",
                SCIMPath(attribute: "members", filter: .equal(AttributePath("value"), "a:b"))
            ),
            (manager, SCIMPath(schema: SCIMURN.enterpriseUser, attribute: "manager")),
            (
                manager + ".value",
                SCIMPath(
                    schema: SCIMURN.enterpriseUser, attribute: "manager", subAttribute: "value")
            ),
            (SCIMURN.enterpriseUser, SCIMPath(schema: SCIMURN.enterpriseUser, attribute: nil)),
            (
                "urn:ietf:params:scim:schemas:extension:Acme:2.0:User:badge",
                SCIMPath(
                    schema: "urn:ietf:params:scim:schemas:extension:Acme:2.0:User",
                    attribute: "badge")
            ),
        ])
    func parts(_ text: String, _ path: SCIMPath) throws {
        #expect(try SCIMPath(parsing: text) == path)
        #expect(path.description == text)
    }

    @Test(
        "is refused",
        arguments: [
            "", " ", "name.", ".name", "a b", "emails[type eq \"work\"", "emails[]", "emails]",
            "emails[type eq \"work\"]value", "emails[type eq \"work\"].a.b", "name.x[a pr]",
            "name.x[a pr].b", "emails[a pr][b pr]", "[a pr]", "urn:", "1",
        ])
    func refusal(_ text: String) {
        #expect(throws: SCIMFilterError.self) { try SCIMPath(parsing: text) }
    }
}
