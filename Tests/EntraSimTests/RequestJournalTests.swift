import SimCore
import SimHTTP
import SimPortal
import Testing

@testable import EntraSim

@Suite("The request journal")
struct RequestJournalTests {
    private static func exchange(_ number: Int, failure: String? = nil) -> WireExchange {
        var request = HTTPRequest(
            method: .post, target: "/\(number)?ü=1",
            headers: ["Host": "localhost", "X-Empty": "", "Cookie": "a=b"],
            body: Array("body \(number)".utf8), remoteAddress: "127.0.0.1")
        request.headers.append("Cookie", "c=d")
        let response = HTTPResponse(
            status: 201, headers: ["Location": "/x", "Set-Cookie": "s"], body: [0, 255])
        return WireExchange(
            at: Timestamp(seconds: Int64(number)), request: request,
            origin: number % 2 == 0 ? "" : "https://target.example",
            response: failure == nil ? response : nil, failure: failure)
    }

    @Test("gives every exchange back as it was, answered or failed")
    func whole() {
        let journal = RequestJournal()
        let exchanges = [
            Self.exchange(1), Self.exchange(2), Self.exchange(3, failure: "connection reset"),
            Self.exchange(4, failure: ""),
            WireExchange(
                at: .epoch, request: HTTPRequest(method: .get, target: "/"),
                response: HTTPResponse(status: 204)),
        ]
        for exchange in exchanges { journal.record(.outbound, exchange) }
        #expect(journal.entries().map(\.exchange) == exchanges)
        #expect(journal.entries(after: 3).map(\.number) == [4, 5])
    }

    @Test("keeps the newest, one past its limit")
    func limit() {
        let journal = RequestJournal()
        for number in 0...RequestJournal.entryLimit {
            journal.record(.inbound, Self.exchange(number))
        }
        let entries = journal.entries()
        #expect(entries.count == RequestJournal.entryLimit)
        #expect(entries.first?.number == 2)
        #expect(entries.last?.exchange == Self.exchange(RequestJournal.entryLimit))
    }

    @Test("keeps the beginning of a body that is too long")
    func longBody() {
        let journal = RequestJournal()
        let limit = RequestJournal.bodyByteLimit
        for count in [limit, limit + 1] {
            let request = HTTPRequest(
                method: .post, target: "/", body: [UInt8](repeating: 7, count: count))
            journal.record(.inbound, WireExchange(at: .epoch, request: request, response: nil))
        }
        #expect(journal.entries().map(\.exchange.request.body.count) == [limit, limit])
    }
}
