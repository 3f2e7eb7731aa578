import SimTarget
import Testing

@Suite("A sample app's fixture")
struct FixtureTests {
    private func problem(_ text: String, name: String = "demo") -> SampleAppProblem? {
        do throws(SampleAppProblem) {
            _ = try SampleAppConfiguration(
                name: name, file: "targets/demo.json", bytes: Array(text.utf8))
            return nil
        } catch {
            return error
        }
    }

    @Test(
        "is refused with file, line and key",
        arguments: [
            (#""displayName""#, #""displayNme""#, "displayNme", 1, "did you mean 'displayName'?"),
            (
                #""role":"manager""#, #""role":"manger""#, "roles.groups[1].role", 7,
                "did you mean 'manager'?"
            ),
            (
                #""group":"managers""#, #""grop":"managers""#, "roles.groups[1].grop", 7,
                "did you mean 'group'?"
            ),
            (#""group":"managers""#, #""group":"OWNERS""#, "roles.groups[1].group", 7, nil),
            (
                #""scopes":["read"]"#, #""scopes":["reed"]"#, "keys[1].scopes[0]", 4,
                "did you mean 'read'?"
            ),
            (
                #""scimScope":"scim.full""#, #""scimScope":"scim.ful""#, "scimScope", 2,
                "did you mean 'scim.full'?"
            ),
            (
                #""default":"adviser""#, #""default":"advisor""#, "roles.default", 9,
                "did you mean 'adviser'?"
            ),
            (
                #""neverLowered":["owner"]"#, #""neverLowered":["x"]"#, "roles.neverLowered[0]", 9,
                nil
            ),
            (
                #""withoutGroup":"keeps""#, #""withoutGroup":"keep""#, "roles.withoutGroup", 9,
                "did you mean 'keeps'?"
            ),
            (#""pageLimit":6"#, #""pageLimit":0"#, "pageLimit", 1, nil),
            (#""pageLimit":6"#, #""pageLimit":"6""#, "pageLimit", 1, nil),
            (#""/scim/v2""#, #""scim/v2/""#, "scimPath", 1, "begin with '/', end without"),
            (#""name":"read","value""#, #""name":"full","value""#, "keys[1].name", 4, nil),
            (#""value":"read-token""#, #""value":"""#, "keys[1].value", 4, nil),
            (#""displayName":"Demo""#, #""displayName":7"#, "displayName", 1, nil),
        ] as [(String, String, String, Int, String?)])
    func refusal(
        _ good: String, _ bad: String, _ path: String, _ line: Int, _ hint: String?
    ) throws {
        try #require(TestApp.fixture.contains(good))
        let problem = problem(TestApp.fixture.replacing(good, with: bad, maxReplacements: 1))
        #expect(problem?.path == path)
        #expect(problem?.line == line)
        #expect(problem?.file == "targets/demo.json")
        if let hint { #expect(problem?.hint == hint) }
        #expect(problem?.description.hasPrefix("targets/demo.json:\(line): \(path): ") == true)
    }

    @Test("that lacks something, is no object, or no JSON is refused where it begins")
    func shape() {
        #expect(problem("{\n\"look\": }")?.line == 2)
        #expect(problem("[]")?.reason == "an object is expected, found array")
        #expect(problem("{}")?.reason == "'displayName' is missing")
        #expect(
            problem(TestApp.fixture.replacing("\"roles\":{", with: "\"roles\":7,\"x\":{")) != nil)
        #expect(problem(TestApp.fixture, name: "No Name")?.line == 1)
        #expect(problem(TestApp.fixture, name: "") != nil)
        #expect(problem(TestApp.fixture) == nil)
    }
}
