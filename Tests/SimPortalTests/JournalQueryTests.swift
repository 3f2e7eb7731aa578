import SimCore
import SimHTTP
import SimPortal
import Testing

@Suite("A search of the request journal")
struct JournalQueryTests {
    private static let noon = Timestamp(seconds: 1_767_614_400)

    private let exchange = WireExchange(
        at: Self.noon,
        request: HTTPRequest(
            method: .post, target: "/contoso/oauth2/v2.0/token",
            headers: ["Content-Type": "application/x-www-form-urlencoded"],
            body: Array("client_secret=topsecret&scope=openid".utf8)),
        response: HTTPResponse(status: 401, json: ["error": "invalid_client"]))

    @Test("without a condition finds everything")
    func everything() {
        #expect(finds { _ in })
    }

    @Test("finds by direction, method, path, status, number, time and text, and not beside them")
    func conditions() {
        #expect(finds { $0.direction = .inbound } && !finds { $0.direction = .outbound })
        #expect(finds { $0.method = "POST" } && !finds { $0.method = "GET" })
        #expect(finds { $0.path = "*/token" } && !finds { $0.path = "*/authorize" })
        #expect(finds { $0.status = .exactly(401) } && !finds { $0.status = .exactly(400) })
        #expect(finds { $0.status = .hundreds(4) } && !finds { $0.status = .hundreds(5) })
        #expect(!finds { $0.status = .missing })
        #expect(finds { $0.code = 7_000_215 } && !finds { $0.code = 7_000_222 })
        #expect(finds { $0.since = Self.noon } && !finds { $0.since = Self.noon + .seconds(1) })
        #expect(finds { $0.until = Self.noon + .seconds(1) } && !finds { $0.until = Self.noon })
        #expect(finds { $0.contains = "INVALID_client" } && !finds { $0.contains = "saml" })
        #expect(!finds { ($0.method, $0.path) = ("POST", "*/authorize") })
    }

    @Test("cannot find a secret: it looks at what is shown")
    func secrets() {
        #expect(!finds { $0.contains = "topsecret" })
        #expect(finds { $0.contains = "scope=openid" })
    }

    @Test(
        "takes a status, a class of them, or none",
        arguments: [
            ("404", JournalQuery.Status.exactly(404)), ("4xx", .hundreds(4)), ("5XX", .hundreds(5)),
            ("none", .missing), ("99", nil), ("600", nil), ("6xx", nil), ("xx", nil), ("", nil),
        ])
    func status(text: String, status: JournalQuery.Status?) {
        #expect(JournalQuery.Status(text) == status)
    }

    private func finds(_ change: (inout JournalQuery) -> Void) -> Bool {
        var query = JournalQuery()
        change(&query)
        return query.admits(exchange, .inbound) { 7_000_215 }
    }
}
