import SimCore
import Testing

@Suite("Timestamps")
struct TimestampTests {
    @Test(
        "read and print the same instant",
        arguments: [
            ("1970-01-01T00:00:00Z", Int64(0)), ("2026-01-05T08:00:00Z", 1_767_600_000),
            ("2024-02-29T23:59:59Z", 1_709_251_199), ("1969-12-31T23:59:59Z", -1),
            ("2100-03-01T00:00:00Z", 4_107_542_400),
        ])
    func roundTrip(_ text: String, _ seconds: Int64) throws {
        let time = try #require(Timestamp(iso8601: text))
        #expect(time.seconds == seconds)
        #expect(time.iso8601 == text)
    }

    @Test("take an offset and a fraction")
    func offset() throws {
        let time = try #require(Timestamp(iso8601: "2026-01-05T09:30:00.1234567+01:30"))
        #expect(time.iso8601(fractionDigits: 7) == "2026-01-05T08:00:00.1234560Z")
    }

    @Test(
        "refuse what is no time",
        arguments: [
            "", "2026-13-01T00:00:00Z", "2025-02-29T00:00:00Z", "2026-01-05", "2026-01-05T08:00:00",
        ])
    func refusal(_ text: String) {
        #expect(Timestamp(iso8601: text) == nil)
    }

    @Test("print HTTP and cookie dates with the right weekday")
    func dates() throws {
        let time = try #require(Timestamp(iso8601: "2026-01-05T08:00:00Z"))
        #expect(time.httpDate == "Mon, 05 Jan 2026 08:00:00 GMT")
        #expect(time.cookieDate == "Mon, 05-Jan-2026 08:00:00 GMT")
        #expect(Timestamp(httpDate: "Mon, 05 Jan 2026 08:00:00 GMT") == time)
    }

    @Test(
        "refuse what is no HTTP date",
        arguments: [
            "", "Tue, 05 Jan 2026 08:00:00 GMT", "Mon, 5 Jan 2026 08:00:00 GMT",
            "Mon, 05 Jan 2026 08:00:00 UTC", "Mon, 05 Jan 2026 24:00:00 GMT",
            "Monday, 05-Jan-26 08:00:00 GMT", "Mon, 05 Jam 2026 08:00:00 GMT", "120",
        ])
    func noHTTPDate(_ text: String) {
        #expect(Timestamp(httpDate: text) == nil)
    }
}
