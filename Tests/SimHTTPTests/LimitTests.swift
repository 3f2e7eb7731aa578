import SimHTTP
import Testing

@Suite("A request at its limits")
struct LimitTests {
    private static let limits = HTTPLimits(
        startLineBytes: 40, headerFieldBytes: 30, headerFieldCount: 4, headerSectionBytes: 70,
        bodyBytes: 10, chunkLineBytes: 12, trailerBytes: 20)

    private static func text(_ count: Int) -> String {
        String(repeating: "a", count: count)
    }

    /// Whole requests: the first within the limit, the second one past it.
    static let rows: [(String, String, String, HTTPProtocolError)] = [
        (
            "first line of 40 bytes",
            "GET /\(text(26)) HTTP/1.1\r\nHost: h\r\n\r\n",
            "GET /\(text(27)) HTTP/1.1\r\nHost: h\r\n\r\n", .startLineTooLong
        ),
        (
            "field line of 30 bytes",
            "GET / HTTP/1.1\r\nHost: h\r\nX: \(text(27))\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: h\r\nX: \(text(28))\r\n\r\n", .headerFieldTooLong
        ),
        (
            "four fields",
            "GET / HTTP/1.1\r\nHost: h\r\nA:\r\nB:\r\nC:\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: h\r\nA:\r\nB:\r\nC:\r\nD:\r\n\r\n", .tooManyHeaderFields
        ),
        (
            "fields of 70 bytes together",
            "GET / HTTP/1.1\r\nHost: h\r\nX: \(text(25))\r\nY: \(text(26))\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: h\r\nX: \(text(26))\r\nY: \(text(26))\r\n\r\n",
            .headerSectionTooLarge
        ),
        (
            "body of 10 bytes",
            "PUT / HTTP/1.1\r\nHost: h\r\nContent-Length: 10\r\n\r\n\(text(10))",
            "PUT / HTTP/1.1\r\nHost: h\r\nContent-Length: 11\r\n\r\n", .bodyTooLarge
        ),
        (
            "chunks of 10 bytes together",
            "PUT / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n"
                + "4\r\naaaa\r\n6\r\naaaaaa\r\n0\r\n\r\n",
            "PUT / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n"
                + "4\r\naaaa\r\n7\r\n", .bodyTooLarge
        ),
        (
            "chunk line of 12 bytes",
            "PUT / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n"
                + "0;\(text(10))\r\n\r\n",
            "PUT / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n"
                + "0;\(text(11))\r\n\r\n", .malformedChunk
        ),
        (
            "trailers of 20 bytes",
            "PUT / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n"
                + "0\r\nT: \(text(15))\r\n\r\n",
            "PUT / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n"
                + "0\r\nT: \(text(18))\r\n\r\n", .headerSectionTooLarge
        ),
    ]

    @Test("is read, and refused one past them", arguments: rows.map(\.0))
    func limit(_ name: String) throws {
        let row = try #require(Self.rows.first { $0.0 == name })
        #expect(try requests(parse(row.1, limits: Self.limits)).count == 1)
        #expect(throws: row.3) { try parse(row.2, limits: Self.limits) }
    }

    @Test("a line without end is refused as soon as it is too long")
    func unendingLine() {
        #expect(throws: HTTPProtocolError.startLineTooLong) {
            try parse("GET /" + Self.text(40), limits: Self.limits)
        }
        #expect(throws: HTTPProtocolError.headerFieldTooLong) {
            try parse("GET / HTTP/1.1\r\nX:" + Self.text(40), limits: Self.limits)
        }
    }

    @Test("a chunk size beyond every number is too large, not a crash")
    func hugeChunk() {
        let head = "PUT / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n"
        #expect(throws: HTTPProtocolError.bodyTooLarge) { try parse(head + "fffffffffff\r\n") }
        #expect(throws: HTTPProtocolError.bodyTooLarge) {
            try parse(head + "ffffffffffffffffff\r\n")
        }
    }

    @Test("every refusal has a status of its family and a sentence")
    func catalogue() {
        for error in HTTPProtocolError.allCases {
            #expect((400...599).contains(error.status))
            #expect(HTTPStatus.reason(error.status) != "Unknown")
            #expect(!error.reason.isEmpty)
        }
    }
}
