import SimCore
import SimCrypto
import SimHTTP

/// One reading of an issuer's key set: its discovery document first, where that says where the
/// keys are. Pure: answers in, addresses out. OpenID Connect Discovery §4.1, §4.3.
struct IssuerFetch: Sendable {
    /// Longest document read, in bytes.
    static let byteLimit = 1_048_576

    enum Step: Sendable {
        case get(String)
        case finish(Result<JSONWebKeySet, IssuerFetchFailure>)
    }

    private enum Stage: Hashable, Sendable {
        case discovery, keys
    }

    private let issuer: String
    let place: IssuerKeyBook.Place
    private var stage: Stage
    /// What was asked for last.
    private var url: String

    init(_ issuer: String, at place: IssuerKeyBook.Place) {
        self.issuer = issuer
        self.place = place
        switch place {
        case .address(let address): (stage, url) = (.keys, address)
        case .discovery, .given:
            let base = issuer.hasSuffix("/") ? String(issuer.dropLast()) : issuer
            (stage, url) = (.discovery, base + "/.well-known/openid-configuration")
        }
    }

    var first: Step { .get(url) }

    mutating func answered(_ response: HTTPResponse) -> Step {
        guard response.status == 200 else { return failed("answered \(response.status)") }
        guard response.body.count <= Self.byteLimit else {
            return failed("answered more than \(Self.byteLimit) bytes")
        }
        let document: JSONValue
        do throws(JSONError) {
            document = try JSONValue(parsing: response.body)
        } catch {
            return failed("is no JSON: \(error.explanation)")
        }
        switch stage {
        case .discovery: return discovered(document)
        case .keys:
            guard let keys = JSONWebKeySet(document) else { return failed("is no key set") }
            return .finish(.success(keys))
        }
    }

    /// Why nothing came of the last address.
    func failed(_ why: String) -> Step {
        .finish(.failure(IssuerFetchFailure(message: "\(url) \(why)")))
    }

    private mutating func discovered(_ document: JSONValue) -> Step {
        guard let named = document["issuer"]?.stringValue, named == issuer else {
            return failed("is the document of another issuer")
        }
        guard let address = document["jwks_uri"]?.stringValue, Origin.parse(address) != nil else {
            return failed("names no \"jwks_uri\"")
        }
        stage = .keys
        url = address
        return .get(address)
    }
}
