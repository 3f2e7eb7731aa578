import Foundation
import SimCore
import SimCrypto
import SimHTTP

/// A browser and the web app it signs in to, on one connection: pages, forms, cookies, tokens.
struct SignInPageClient {
    private static let verifier = "a-verifier-of-at-least-forty-three-characters-0123"

    private let connection: BareConnection
    private let place: String
    private let redirectURI: String
    private let clientID: String
    private let secret: String
    private let user: (name: String, password: String)
    private var cookies: [(name: String, value: String)] = []

    /// Signs in to the shipped app Claresia.
    init(_ server: BenchServer) throws {
        connection = try BareConnection(port: server.port)
        place = "/\(server.tenant)/oauth2/v2.0"
        guard let tenant = server.ready["tenants"]?.arrayValue?.first,
            let app = tenant["apps"]?.arrayValue?
                .first(where: { $0["name"]?.stringValue == "Claresia" }),
            let clientID = app["clientId"]?.stringValue,
            let secret = app["clientSecret"]?.stringValue,
            let redirectURI = app["redirectUris"]?.arrayValue?.first?.stringValue,
            let user = tenant["users"]?.arrayValue?
                .first(where: { $0["userPrincipalName"]?.stringValue?.hasPrefix("adele") == true }),
            let name = user["userPrincipalName"]?.stringValue,
            let password = user["password"]?.stringValue
        else { throw BenchFailure("the ready-file lacks Claresia or its user") }
        (self.clientID, self.secret, self.redirectURI) = (clientID, secret, redirectURI)
        self.user = (name, password)
    }

    /// Signs in from the first page to the tokens, with nothing remembered.
    mutating func run() throws {
        cookies = []
        let challenge = Base64.urlEncode(SHA256.digest(Array(Self.verifier.utf8)))
        let query = FormFields([
            "client_id": clientID, "response_type": "code", "redirect_uri": redirectURI,
            "scope": "openid profile offline_access", "state": "s", "nonce": "n",
            "code_challenge": challenge, "code_challenge_method": "S256",
        ])
        var answer = try send(.get, "\(place)/authorize?\(query.encoded())")
        for (name, value) in [
            ("login", user.name), ("passwd", user.password), ("LoginOptions", "0"),
        ] where answer.status == 200 {
            answer = try submit(answer, name, value)
        }
        guard let location = answer.headers["Location"], let mark = location.firstIndex(of: "?"),
            let code = try FormFields(parsing: location[location.index(after: mark)...])["code"]
        else { throw BenchFailure("no code: \(answer.status)") }
        let form = FormFields([
            "grant_type": "authorization_code", "code": code, "redirect_uri": redirectURI,
            "code_verifier": Self.verifier, "client_id": clientID, "client_secret": secret,
        ])
        let tokens = try send(.post, "\(place)/token", form)
        guard tokens.status == 200 else { throw BenchFailure("no tokens: \(tokens.status)") }
    }

    private mutating func send(
        _ method: HTTPMethod, _ target: String, _ form: FormFields? = nil
    ) throws -> HTTPResponse {
        var headers: [(String, String)] = []
        if form != nil { headers.append(("Content-Type", "application/x-www-form-urlencoded")) }
        if !cookies.isEmpty {
            let pairs = cookies.map { "\($0.name)=\($0.value)" }
            headers.append(("Cookie", pairs.joined(separator: "; ")))
        }
        let request = RequestBytes.make(
            method, target, headers: headers, body: Array((form?.encoded() ?? "").utf8))
        let answer = try connection.exchange(request, method: method)
        for line in answer.headers.values("Set-Cookie") { keep(line) }
        return answer
    }

    private mutating func keep(_ line: String) {
        let pair = line.prefix { $0 != ";" }.split(separator: "=", maxSplits: 1)
        guard let name = pair.first.map(String.init) else { return }
        cookies.removeAll { $0.name == name }
        if pair.count > 1 { cookies.append((name, String(pair[1]))) }
    }

    /// Sends the page's form, its hidden fields and one of the person's.
    private mutating func submit(
        _ page: HTTPResponse, _ name: String, _ value: String
    ) throws -> HTTPResponse {
        let text = String(decoding: page.body, as: UTF8.self)
        guard
            let form = text.components(separatedBy: "<form ").last?
                .components(separatedBy: "</form>").first,
            let action = Self.attribute("action", of: form.components(separatedBy: ">")[0])
        else { throw BenchFailure("a page without a form: \(text.prefix(400))") }
        var fields = FormFields()
        for input in form.components(separatedBy: "<input ").dropFirst() {
            let tag = input.components(separatedBy: ">")[0]
            guard Self.attribute("type", of: tag) == "hidden",
                let name = Self.attribute("name", of: tag)
            else { continue }
            fields.append(name, Self.attribute("value", of: tag) ?? "")
        }
        fields.append(name, value)
        return try send(.post, action, fields)
    }

    private static func attribute(_ name: String, of tag: String) -> String? {
        let parts = " \(tag)".components(separatedBy: " \(name)=\"")
        guard parts.count > 1 else { return nil }
        return parts[1].components(separatedBy: "\"")[0]
            .replacingOccurrences(of: "&amp;", with: "&")
            .replacingOccurrences(of: "&#43;", with: "+")
    }
}
