import SimCore
import SimCrypto
import SimDirectory
import SimHTTP
import SimRuntime

/// An issuer outside this simulator that federated credentials may name, and where its keys are.
struct TrustedIssuer: Hashable, Sendable {
    let name: String
    let source: SimulatorConfiguration.IssuerKeySource

    /// Most issuers of one simulator.
    static let countLimit = 100

    /// An issuer as the command line or an embedder names it.
    init(
        _ name: String, _ source: SimulatorConfiguration.IssuerKeySource
    ) throws(SimulatorFailure) {
        guard Self.isName(name) else {
            throw SimulatorFailure(
                "'\(name)' is no issuer", hint: "write it as the tokens say it: https://…")
        }
        self.name = name
        self.source = source
    }

    private init(checked name: String, _ source: SimulatorConfiguration.IssuerKeySource) {
        self.name = name
        self.source = source
    }

    private static func isName(_ text: String) -> Bool {
        text.hasPrefix("https://") && Origin.parse(text) != nil
    }

    /// An entry of the fixture's `issuers`: `{"issuer": "https://…"}` is found by discovery;
    /// `"address"`, `"file"` (in the keys folder) or `"jwks"` say where the keys are.
    ///
    /// - Throws: what is wrong with it, at its place.
    init(_ part: FixturePart) throws(FixtureRefusal) {
        func refusal(_ why: String, _ hint: String?, at steps: [JSONStep]) -> FixtureRefusal {
            FixtureRefusal(problems: [part.problem(why, hint: hint, at: steps)])
        }
        guard let object = part.json.objectValue else {
            throw refusal("expected an object", nil, at: [])
        }
        let known = ["issuer", "address", "file", "jwks"]
        for name in object.names where !known.contains(name) {
            throw refusal(
                "unknown key '\(name)'",
                NearestName.of(name, in: known).map { "did you mean '\($0)'?" },
                at: [.key(name)])
        }
        guard let name = object["issuer"]?.stringValue, Self.isName(name) else {
            throw refusal(
                "'issuer' is not the address of an issuer", "write it as the tokens say it",
                at: object["issuer"] == nil ? [] : [.key("issuer")])
        }
        let sources = known.dropFirst().filter { object[$0] != nil }
        guard sources.count <= 1 else {
            throw refusal(
                "keys can come from one place only", "keep one of \(sources)",
                at: [.key(sources[1])])
        }
        guard let key = sources.first else {
            self.init(checked: name, .discovery)
            return
        }
        let text = object[key]?.stringValue ?? ""
        switch key {
        case "jwks":
            guard let keys = object[key], JSONWebKeySet(keys) != nil else {
                throw refusal("'jwks' is no key set", "write {\"keys\": […]}", at: [.key(key)])
            }
            self.init(checked: name, .inline(String(decoding: keys.serialized, as: UTF8.self)))
        case "address":
            guard Origin.parse(text) != nil else {
                throw refusal("'address' is no address", "name the key set", at: [.key(key)])
            }
            self.init(checked: name, .address(text))
        case _:
            guard !text.isEmpty, !text.split(separator: "/").contains("..") else {
                throw refusal("'file' is no file of the keys folder", nil, at: [.key(key)])
            }
            self.init(checked: name, .file(text))
        }
    }

    /// Enters it into the book.
    ///
    /// - Parameter keysFolder: where files are; nil when there is none.
    func enter(
        _ book: inout IssuerKeyBook, keysFolder: String?
    ) throws(SimulatorFailure) {
        switch source {
        case .discovery: book.trust(name, at: .discovery)
        case .address(let address):
            guard Origin.parse(address) != nil else {
                throw SimulatorFailure("'\(address)' is no address of a key set")
            }
            book.trust(name, at: .address(address))
        case .inline(let text): try enter(Array(text.utf8), "the key set of '\(name)'", &book)
        case .file(let path):
            let inFolder = keysFolder.map { "\($0)/\(path)" }
            let found = [inFolder, path].compactMap { $0 }.first(where: FileAccess.exists)
            let bytes: [UInt8]
            do throws(FileFailure) {
                bytes = try FileAccess.read(found ?? inFolder ?? path)
            } catch {
                throw SimulatorFailure(error, hint: "put the key set of '\(name)' there, in JSON")
            }
            try enter(bytes, "'\(path)'", &book)
        }
    }

    private func enter(
        _ bytes: [UInt8], _ what: String, _ book: inout IssuerKeyBook
    ) throws(SimulatorFailure) {
        let value: JSONValue
        do throws(JSONError) {
            value = try JSONValue(parsing: bytes)
        } catch {
            throw SimulatorFailure("\(what) is no JSON: \(error.explanation)")
        }
        guard let keys = JSONWebKeySet(value) else {
            throw SimulatorFailure("\(what) is no key set", hint: "write {\"keys\": […]}")
        }
        book.trust(name, keys: keys)
    }
}
