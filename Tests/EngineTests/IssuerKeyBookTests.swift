import SimCore
import SimCrypto
import SimHTTP
import SimIdentity
import Testing

@testable import EntraSim

@Suite("Keys of foreign issuers: when and where to ask — identity-platform.md §3.1, §6")
struct IssuerKeyBookTests {
    private static let issuer = "https://ci.example"
    private static let start = Timestamp(seconds: 1_767_600_000)

    /// A key set with one key of that name.
    static func keySet(_ id: String) throws -> JSONValue {
        let key = try RSAPrivateKey.generate().publicKey
        return [
            "keys": [
                ["kty": "EC", "crv": "P-256", "kid": "elliptic"],
                [
                    "kty": "RSA", "use": "sig", "kid": .string(id),
                    "n": .string(Base64.urlEncode(key.modulus)),
                    "e": .string(Base64.urlEncode(key.exponent)),
                ],
            ]
        ]
    }

    private func keys(_ id: String) throws -> JSONWebKeySet {
        try #require(JSONWebKeySet(try Self.keySet(id)))
    }

    private func place(
        _ book: IssuerKeyBook, _ id: String?, after seconds: Int, of issuer: String = issuer
    ) -> IssuerKeyBook.Place? {
        book.placeToAsk(
            IssuerQuestion(issuer: issuer, keyID: id), now: Self.start + .seconds(seconds))
    }

    @Test("nobody is asked but issuers that were named, and given keys are not asked for")
    func named() throws {
        var book = IssuerKeyBook()
        book.trust(Self.issuer, keys: try keys("1"))
        #expect(!book.fetches)
        #expect(place(book, "1", after: 0) == nil)
        #expect(place(book, "2", after: 0) == nil)
        book.trust("https://far.example", at: .discovery)
        #expect(book.fetches)
        #expect(place(book, "1", after: 0, of: "https://far.example") == .discovery)
        #expect(place(book, "1", after: 0, of: "https://else.example") == nil)
    }

    @Test("keys are believed for a day; an unknown name is asked for every five minutes at most")
    func ages() throws {
        var book = IssuerKeyBook()
        let address = IssuerKeyBook.Place.address("https://ci.example/jwks")
        book.trust(Self.issuer, at: address)
        book.note(.success(try keys("1")), of: Self.issuer, from: address, at: Self.start)
        #expect(place(book, "1", after: 86_399) == nil)
        #expect(place(book, "1", after: 86_400) == .address("https://ci.example/jwks"))
        #expect(place(book, "2", after: 299) == nil)
        #expect(place(book, "2", after: 300) != nil)
    }

    @Test("an issuer that cannot be read is asked again after five seconds; known keys stay")
    func failures() throws {
        var book = IssuerKeyBook()
        book.trust(Self.issuer, at: .discovery)
        book.note(
            .failure(IssuerFetchFailure(message: "https://ci.example/x answered 503")),
            of: Self.issuer, from: .discovery, at: Self.start)
        #expect(place(book, "1", after: 4) == nil)
        #expect(place(book, "1", after: 5) == .discovery)
        guard case .unreachable = book.key(of: Self.issuer, id: "1") else {
            Issue.record("it has no key yet")
            return
        }
        #expect(
            book.trouble(with: Self.issuer)
                == "the keys of 'https://ci.example' could not be fetched: "
                + "https://ci.example/x answered 503")
        book.note(.success(try keys("1")), of: Self.issuer, from: .discovery, at: Self.start)
        #expect(book.trouble(with: Self.issuer) == nil)
        book.note(
            .failure(IssuerFetchFailure(message: "gone")), of: Self.issuer, from: .discovery,
            at: Self.start)
        guard case .found = book.key(of: Self.issuer, id: "1") else {
            Issue.record("the key was known before")
            return
        }
        guard case .notFound = book.key(of: Self.issuer, id: "2") else {
            Issue.record("there is no such key")
            return
        }
    }

    @Test("another book keeps what is known, unless the keys come from elsewhere now")
    func another() throws {
        let (far, near) = (IssuerKeyBook.Place.address("https://far.example/jwks"), Self.issuer)
        var before = IssuerKeyBook()
        for (issuer, place) in [(near, IssuerKeyBook.Place.discovery), ("https://a.example", far)] {
            before.trust(issuer, at: place)
            before.note(.success(try keys("1")), of: issuer, from: place, at: Self.start)
        }
        before.trust("https://b.example", keys: try keys("1"))
        var after = IssuerKeyBook()
        after.trust(near, at: .discovery)
        after.trust("https://a.example", at: .address("https://near.example/jwks"))
        after.trust("https://b.example", keys: try keys("2"))
        var book = after.keeping(before)
        #expect(place(book, "1", after: 60) == nil)
        #expect(place(book, "1", after: 60, of: "https://a.example") != nil)
        guard case .found = book.key(of: "https://b.example", id: "2"),
            case .notFound = book.key(of: "https://b.example", id: "1")
        else {
            Issue.record("given keys are those of the new book")
            return
        }
        // An answer that comes late from where the keys were before is nobody's.
        book.note(.success(try keys("1")), of: "https://a.example", from: far, at: Self.start)
        guard case .unreachable = book.key(of: "https://a.example", id: "1") else {
            Issue.record("these keys come from the old address")
            return
        }
    }

    @Test("an issuer nobody named is trouble that says what to do")
    func unnamed() {
        #expect(IssuerKeyBook().trouble(with: Self.issuer)?.contains("--trust-issuer") == true)
    }

    private func fetch(
        _ place: IssuerKeyBook.Place = .discovery, issuer: String = issuer,
        _ answers: (status: Int, body: String)...
    ) -> (asked: [String], result: Result<JSONWebKeySet, IssuerFetchFailure>?) {
        var machine = IssuerFetch(issuer, at: place)
        var asked: [String] = []
        var step = machine.first
        for answer in answers {
            guard case .get(let url) = step else { break }
            asked.append(url)
            step = machine.answered(
                HTTPResponse(status: answer.status, body: Array(answer.body.utf8)))
        }
        if case .finish(let result) = step { return (asked, result) }
        return (asked, nil)
    }

    @Test("discovery says where the keys are, also behind a slash; an address is asked itself")
    func fetches() throws {
        let keys = try Self.keySet("1").text
        for issuer in ["https://ci.example", "https://ci.example/"] {
            let (asked, result) = fetch(
                issuer: issuer,
                (200, #"{"issuer":"\#(issuer)","jwks_uri":"https://keys.example/all"}"#),
                (200, keys))
            #expect(
                asked == [
                    "https://ci.example/.well-known/openid-configuration",
                    "https://keys.example/all",
                ])
            #expect(try result?.get().key("1") != nil)
        }
        let direct = fetch(.address("http://localhost:1/jwks"), (200, keys))
        #expect(direct.asked == ["http://localhost:1/jwks"])
        #expect(try direct.result?.get().keys.count == 1)
    }

    @Test(
        "what is not the issuer's document is said with its address",
        arguments: [
            (404, "", "answered 404"), (302, "", "answered 302"), (200, "<html>", "is no JSON"),
            (200, #"{"issuer":"https://other.example","jwks_uri":"https://a.b"}"#, "another"),
            (200, #"{"issuer":"https://ci.example"}"#, "names no \"jwks_uri\""),
            (200, #"{"issuer":"https://ci.example","jwks_uri":"file:///etc"}"#, "names no"),
            (200, String(repeating: " ", count: IssuerFetch.byteLimit + 1), "more than"),
        ])
    func faults(status: Int, body: String, words: String) {
        guard case .failure(let failure)? = fetch(.discovery, (status, body)).result else {
            Issue.record("it was taken")
            return
        }
        #expect(failure.message.hasPrefix("https://ci.example/.well-known/openid-configuration "))
        #expect(failure.message.contains(words), "\(failure.message)")
    }

    @Test("a key set of 100 keys is read, one of 101 and what is none are not")
    func keySets() throws {
        func set(_ count: Int) -> JSONValue {
            ["keys": .array(Array(repeating: ["kty": "EC"], count: count))]
        }
        #expect(JSONWebKeySet(set(100))?.keys.isEmpty == true)
        #expect(JSONWebKeySet(set(101)) == nil)
        #expect(JSONWebKeySet(["keys": 7]) == nil)
        #expect(try keys("1").key(nil) != nil)
        #expect(try keys("1").key("2") == nil)
    }
}
