import SimCore
import SimPortal
import Testing

@Suite("Durations as people and Graph write them")
struct DurationTextTests {
    @Test(
        "reads whole units, longest first",
        arguments: [
            ("40m", 2_400), ("6h", 21_600), ("2d", 172_800), ("90s", 90), ("1d12h", 129_600),
            ("2w", 1_209_600), ("0s", 0), ("PT40M", 2_400), ("P1DT12H", 129_600), ("pt5m", 300),
            ("36525d", 3_155_760_000),
        ])
    func reads(_ text: String, _ seconds: Int) {
        #expect(DurationText.parse(text) == .seconds(seconds))
    }

    @Test(
        "refuses what could be misread",
        arguments: [
            "", "40", "m", "12h1d", "1h1h", "1.5h", "-5m", "40 m", "P40M", "PT", "P", "PT5",
            "36526d", "99999999999999999999d", "1y", "P1DT",
        ])
    func refuses(_ text: String) {
        #expect(DurationText.parse(text) == nil)
    }

    @Test(
        "writes the short form and Graph's",
        arguments: [
            (2_400, "40m", "PT40M"), (129_600, "1d12h", "P1DT12H"), (172_800, "2d", "P2D"),
            (0, "0s", "PT0S"), (90, "1m30s", "PT1M30S"),
        ])
    func writes(_ seconds: Int, _ short: String, _ iso: String) {
        #expect(DurationText.short(.seconds(seconds)) == short)
        #expect(DurationText.iso8601(.seconds(seconds)) == iso)
        #expect(DurationText.parse(iso) == .seconds(seconds))
    }
}
