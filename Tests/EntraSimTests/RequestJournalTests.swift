import SimCore
import SimHTTP
import SimPortal
import SimProvisioning
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

    @Test("keeps the newest of all threads together, in one order without a gap")
    func threads() async {
        let journal = RequestJournal()
        let each = RequestJournal.entryLimit
        await withTaskGroup { group in
            for writer in 0..<4 {
                group.addTask {
                    for number in 0..<each {
                        journal.record(.inbound, Self.exchange(writer * each + number))
                    }
                }
            }
        }
        let numbers = journal.entries().map(\.number)
        let last = UInt64(4 * each)
        #expect(numbers == Array(last - UInt64(each) + 1...last))
        #expect(journal.forgotten(after: 0) == 3 * each)
    }

    @Test(
        "shows no token of a job that the target repeats, whole or cut off by the limit of bodies",
        arguments: [0, RequestJournal.bodyByteLimit - 4, RequestJournal.bodyByteLimit])
    func repeatedSecrets(_ place: Int) throws {
        let token = "tok-5f1d9c"
        let origin = try #require(Origin.parse("https://target.example")?.origin)
        let request = HTTPRequest(
            method: .post, target: "/Users", headers: ["Authorization": "Bearer \(token)"],
            body: Array("{}".utf8))
        let body = String(repeating: "x", count: place) + token + "!"
        let call = SentCall(
            at: .epoch, request: request, origin: origin, purpose: .scim(SecretTexts([token])),
            answer: .success(
                HTTPResponse(status: 200, headers: ["X-Echo": token], body: Array(body.utf8))))
        let journal = RequestJournal()
        journal.record(call)
        let kept = try #require(journal.entries().first?.exchange)
        #expect(kept.request == request)
        #expect(kept.origin == "https://target.example")
        #expect(kept.response?.headers["X-Echo"] == SecretTexts.replacement)
        let shown = String(decoding: kept.response?.body ?? [], as: UTF8.self)
        #expect(!shown.contains("tok-"))
        #expect(call.wire.response?.headers["X-Echo"] == SecretTexts.replacement)
        let onWire = String(decoding: call.wire.response?.body ?? [], as: UTF8.self)
        #expect(!onWire.contains("tok-"))
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
