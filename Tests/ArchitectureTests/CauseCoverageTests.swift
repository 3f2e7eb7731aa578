import Testing

@Suite("Numbers of the error catalogue: a real cause, or a reason why not")
struct CauseCoverageTests {
    @Test("every number is raised by a cause or listed as on demand only, never both")
    func complete() {
        let coverage = CauseCoverage.ofPackage()
        #expect(coverage.catalogue.count > 400)
        #expect(coverage.raised.count >= 120)
        #expect(coverage.faults.isEmpty, "\(coverage.faults.map { "\n\($0)" }.joined())")
    }

    @Test("a number without both, with both, or of no entry is named")
    func faults() {
        let coverage = CauseCoverage(
            catalogue: [
                "    50034 UserAccountNotFound\n    as x 200 -\n    50126 Wrong\n50053 Lock"
            ],
            causes: [".init(50_034, \"nobody\", .page) { }", ".init(\n 99_999, \"x\")"],
            page: "| Numbers | Why |\n|---|---|\n| 50034 | reason 50126 |")
        #expect(
            coverage.faults == [
                "50053 has no cause and is not listed", "50126 has no cause and is not listed",
                "50034 has a cause and is listed", "99999 is not in the catalogue",
            ])
    }
}
