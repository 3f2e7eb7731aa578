import SimCore
import SimTarget
import Testing

@Suite("Defects in a sample app's fixture")
struct FixtureDefectTests {
    private func configuration(_ defects: String) throws -> SampleAppConfiguration {
        let text = TestApp.fixture.replacing(
            #""pageLimit":6,"#, with: "\"pageLimit\":6,\n\"defects\":\(defects),\n")
        return try SampleAppConfiguration(
            name: "demo", file: "demo.json", bytes: Array(text.utf8))
    }

    @Test("are those that are on, with their settings, in the order of the vocabulary")
    func settings() throws {
        let defects = try configuration(
            #"{"garbage":0.5,"throttled":{"retryAfter":"5s"},"lost-writes":false}"#
        ).defects
        #expect(defects.map(\.name) == [.throttled, .garbage])
        #expect(defects.map(\.settings) == [["retryAfter": "5s"], .double(0.5)])
        #expect(try configuration("{}").defects.isEmpty)
    }

    @Test("are refused with the line and the nearest name")
    func unknown() {
        let problem = #expect(throws: SampleAppProblem.self) {
            try configuration("{\n\"lost-write\":true}")
        }
        #expect(problem?.line == 3 && problem?.path == "defects.lost-write")
        #expect(problem?.hint == "did you mean 'lost-writes'?")
        #expect(throws: SampleAppProblem.self) { try configuration("[]") }
    }
}
