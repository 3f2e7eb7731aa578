import SimCore
import SimCrypto
import SimDirectory
import SimErrors
import SimHTTP
import Testing

@testable import SimIdentity

/// A browser and a client in one: sends requests to a platform over a real tenant, keeps cookies,
/// appends what the platform asks for.
final class Browser {
    let tenant = Fixture.makeTenant()
    let other = Fixture.makeOtherTenant()
    let random = SeededRandom(seed: 5)
    var now = Fixture.start
    var settings = IdentitySettings()
    var origin = Fixture.origin
    var keys: any TokenSigningKeys = SharedSigningKey(Fixture.signingKey)
    var issuerKeys: any TrustedIssuerKeys = NoForeignIssuers()
    let signIns = RecordingSink()
    private(set) var cookies: [(name: String, value: String)] = []
    /// Where commits go; nil for the first tenant.
    var commits: Tenant?
    /// Whether the log refuses the next append, as after a second redemption elsewhere.
    var refusesNextCommit = false

    var platform: IdentityPlatform {
        IdentityPlatform(
            tenants: TenantList([tenant.snapshot(), other.snapshot()]),
            keys: keys, sealing: Fixture.sealing, random: random,
            origin: origin, graphOrigin: origin, settings: settings,
            issuerKeys: issuerKeys, signIns: signIns)
    }

    func send(_ request: HTTPRequest) throws -> HTTPResponse {
        var request = request
        if !cookies.isEmpty {
            request.headers.append(
                "Cookie", cookies.map { "\($0.name)=\($0.value)" }.joined(separator: "; "))
        }
        request.remoteAddress = "127.0.0.1"
        let step = try #require(platform.handle(request, now: now))
        let response: HTTPResponse
        switch step {
        case .answer(let answer): response = answer
        case .commit(let commit):
            if refusesNextCommit {
                refusesNextCommit = false
                response = commit.then(.alreadyRedeemed)
            } else {
                let log = commit.tenant == Fixture.otherTenant ? other : tenant
                try (commits ?? log).append(commit.events, at: now)
                response = commit.then(.appended)
            }
        }
        for line in response.headers.values("Set-Cookie") { keep(line) }
        return response
    }

    func get(_ target: String, _ headers: HTTPHeaders = [:]) throws -> HTTPResponse {
        try send(HTTPRequest(method: .get, target: target, headers: headers))
    }

    func post(
        _ target: String, _ fields: KeyValuePairs<String, String>, _ headers: HTTPHeaders = [:]
    ) throws -> HTTPResponse {
        try post(target, FormFields(fields), headers)
    }

    func post(
        _ target: String, _ fields: FormFields, _ headers: HTTPHeaders = [:]
    ) throws -> HTTPResponse {
        var headers = headers
        headers.append("Content-Type", "application/x-www-form-urlencoded")
        return try send(
            HTTPRequest(
                method: .post, target: target, headers: headers,
                body: Array(fields.encoded().utf8)))
    }

    func forgetCookies() { cookies = [] }
    func setCookie(_ name: String, _ value: String) { cookies.append((name, value)) }
    func cookie(_ name: String) -> String? { cookies.first { $0.name == name }?.value }

    private func keep(_ line: String) {
        let pair = line.split(separator: ";")[0].split(separator: "=", maxSplits: 1)
        let name = String(pair[0])
        cookies.removeAll { $0.name == name }
        if pair.count > 1 { cookies.append((name, String(pair[1]))) }
    }
}

extension HTTPResponse {
    var text: String { String(decoding: body, as: UTF8.self) }

    var json: JSONObject {
        get throws { try #require(try JSONValue(parsing: body).objectValue) }
    }

    /// The number of a JSON refusal, of a page's `$Config`, or of a redirect; nil when none.
    var refusedWith: Int? {
        if let codes = (try? JSONValue(parsing: body))?["error_codes"]?.arrayValue {
            return codes.first?.intValue.map { Int($0) }
        }
        if status == 302 {
            return redirected?["error_description"].flatMap {
                AADSTSCatalogue.code(in: $0.prefix { $0 != ":" })
            }
        }
        guard let mark = text.range(of: "\"iErrorCode\":") else { return nil }
        return Int(text[mark.upperBound...].prefix { $0.isNumber })
    }

    /// The parameters a redirect carries, in query or fragment.
    var redirected: FormFields? {
        guard let location = headers["Location"],
            let start = location.firstIndex(where: { "?#".contains($0) })
        else { return nil }
        let fields = location[location.index(after: start)...].prefix { $0 != "#" }
        return try? FormFields(parsing: fields)
    }

    /// Address and hidden fields of the page's last form.
    func form() throws -> (action: String, fields: FormFields) {
        let opening = try #require(text.ranges(of: "<form ").last)
        let form = text[opening.lowerBound...]
        var fields = FormFields()
        for input in form.components("<input type=\"hidden\"") {
            fields.append(try input.attribute("name"), try input.attribute("value"))
        }
        return (try form.attribute("action"), fields)
    }
}

extension StringProtocol {
    /// The pieces after each occurrence of `mark`, up to the tag's end.
    func components(_ mark: String) -> [String] {
        ranges(of: mark).map { String(self[$0.upperBound...].prefix { $0 != ">" }) }
    }

    func ranges(of text: String) -> [Range<Index>] {
        var found: [Range<Index>] = []
        var rest = self[...]
        while let range = rest.range(of: text) {
            found.append(range)
            rest = rest[range.upperBound...]
        }
        return found
    }

    func range(of text: String) -> Range<Index>? {
        var start = startIndex
        while start < endIndex {
            if self[start...].hasPrefix(text) {
                return start..<index(start, offsetBy: text.count)
            }
            start = index(after: start)
        }
        return nil
    }

    func attribute(_ name: String) throws -> String {
        let start = try #require(range(of: "\(name)=\"")).upperBound
        return self[start...].prefix { $0 != "\"" }.description.unescapedMarkup
    }
}

extension String {
    var unescapedMarkup: String {
        var text = self
        for (entity, character) in [
            ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&"),
        ] {
            while let range = text.range(of: entity) {
                text.replaceSubrange(range, with: character)
            }
        }
        return text
    }
}
