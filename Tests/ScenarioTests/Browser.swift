import EntraSim
import SimCore
import SimCrypto
import SimHTTP
import SimRuntime
import Testing

/// A browser over HTTPS that trusts the simulator's CA: keeps cookies, follows redirects inside
/// the simulator, fills in forms.
final class Browser {
    private let client: HTTPClient
    /// Of the listener: `https://localhost:50123`.
    let origin: Origin
    private let trust: TrustStore
    private var cookies: [(name: String, value: String)]

    /// - Parameter earlier: a browser whose cookies this one goes on with.
    init(_ simulator: Simulator, after earlier: Browser? = nil) throws {
        client = try HTTPClient()
        cookies = earlier?.cookies ?? []
        // The listener's own address, whatever the public one is.
        let ready = try JSONValue(parsing: Array(simulator.readyText.utf8))
        let target = ready["targets"]?.arrayValue?.first?["baseURL"]?.stringValue
        origin = try #require(Origin.parse(target ?? simulator.baseURL)).origin
        trust = .certificates([try Certificate(pem: simulator.authorityCertificate)])
    }

    deinit { client.stop() }

    func get(_ target: String, _ headers: HTTPHeaders = [:]) async throws -> HTTPResponse {
        try await follow(HTTPRequest(method: .get, target: target, headers: headers))
    }

    func post(_ target: String, _ fields: FormFields) async throws -> HTTPResponse {
        try await follow(
            HTTPRequest(
                method: .post, target: target,
                headers: ["Content-Type": "application/x-www-form-urlencoded"],
                body: Array(fields.encoded().utf8)))
    }

    func post(
        _ target: String, _ fields: KeyValuePairs<String, String>
    ) async throws -> HTTPResponse {
        try await post(target, FormFields(fields))
    }

    /// Sends the last form of a page, with these values on top of its hidden ones.
    func submit(
        _ page: HTTPResponse, _ values: KeyValuePairs<String, String>
    ) async throws -> HTTPResponse {
        let form = try #require(page.forms.last)
        return try await submit(form, values)
    }

    func submit(
        _ form: Form, _ values: KeyValuePairs<String, String>
    ) async throws -> HTTPResponse {
        var fields = form.fields
        for (name, value) in values { fields.append(name, value) }
        return try await post(form.action, fields)
    }

    /// One request and its answer, no redirect followed.
    func send(_ request: HTTPRequest) async throws -> HTTPResponse {
        var request = request
        request.headers.set("Host", origin.hostHeader)
        if !cookies.isEmpty {
            request.headers.append(
                "Cookie", cookies.map { "\($0.name)=\($0.value)" }.joined(separator: "; "))
        }
        let response = try await client.perform(request, to: origin, trust: trust)
        for line in response.headers.values("Set-Cookie") { keep(line) }
        return response
    }

    /// Follows redirects to the simulator's own pages; one to an application is the answer.
    private func follow(_ first: HTTPRequest) async throws -> HTTPResponse {
        var response = try await send(first)
        for _ in 0..<10 {
            guard (301...303).contains(response.status), let place = response.headers["Location"],
                let target = ownTarget(place, from: first.target)
            else { return response }
            response = try await send(HTTPRequest(method: .get, target: target))
        }
        return response
    }

    private func ownTarget(_ place: String, from target: String) -> String? {
        let path = place.prefix { $0 != "#" }
        if path.hasPrefix("/") { return String(path) }
        guard let parsed = Origin.parse(place), parsed.origin == origin else { return nil }
        return parsed.target
    }

    private func keep(_ line: String) {
        let parts = line.split(separator: ";")
        let pair = (parts.first ?? "").split(separator: "=", maxSplits: 1)
        guard let name = pair.first.map(String.init) else { return }
        cookies.removeAll { $0.name == name }
        let isExpired = parts.contains { $0.contains("1970") }
        if pair.count > 1, !isExpired { cookies.append((name, String(pair[1]))) }
    }
}

/// A form of a page: where it goes and what it holds already.
struct Form {
    let action: String
    let fields: FormFields
}

extension HTTPResponse {
    var text: String { String(decoding: body, as: UTF8.self) }

    var json: JSONObject {
        get throws { try #require(try JSONValue(parsing: body).objectValue, "\(text)") }
    }

    /// Parameters of a redirect to an application, in query or fragment.
    var redirected: FormFields? {
        guard let location = headers["Location"],
            let start = location.firstIndex(where: { "?#".contains($0) })
        else { return nil }
        return try? FormFields(parsing: location[location.index(after: start)...])
    }

    /// The number of a refusal: of JSON, of a redirect, or of an error page; nil when none.
    var refusal: Int? {
        if let codes = (try? JSONValue(parsing: body))?["error_codes"]?.arrayValue {
            return codes.first?.intValue.map { Int($0) }
        }
        let text = redirected?["error_description"] ?? text
        let mark = "\"iErrorCode\":"
        if let place = text.pieces(after: "AA" + "DSTS").first ?? text.pieces(after: mark).first {
            return Int(place.prefix { $0.isNumber })
        }
        return nil
    }

    /// Forms of the page with their hidden fields, in the page's order.
    var forms: [Form] {
        text.pieces(after: "<form ").map { piece in
            let form = piece.before("</form>")
            var fields = FormFields()
            for input in form.pieces(after: "<input ") {
                let tag = input.before(">")
                guard tag.attribute("type") == "hidden", let name = tag.attribute("name") else {
                    continue
                }
                fields.append(name, tag.attribute("value") ?? "")
            }
            return Form(action: form.before(">").attribute("action") ?? "", fields: fields)
        }
    }
}

extension StringProtocol {
    /// What follows each occurrence of `mark`, up to the next one.
    func pieces(after mark: String) -> [String] {
        split(on: mark).dropFirst().map { String($0) }
    }

    func before(_ mark: String) -> String {
        split(on: mark).first.map { String($0) } ?? ""
    }

    /// The value of an attribute of the tag this text is the inside of.
    func attribute(_ name: String) -> String? {
        " \(self)".pieces(after: " \(name)=\"").first.map { $0.before("\"").unescaped }
    }

    /// Text without tags, entities resolved, white space collapsed.
    var plain: String {
        var out = ""
        var isTag = false
        for character in self {
            switch character {
            case "<":
                isTag = true
                out.append(" ")
            case ">": isTag = false
            case _ where !isTag: out.append(character)
            case _: continue
            }
        }
        return out.split(whereSeparator: \.isWhitespace).joined(separator: " ").unescaped
    }

    private func split(on mark: String) -> [SubSequence] {
        var parts: [SubSequence] = []
        var start = startIndex
        let needle = Array(mark.utf8)
        var index = utf8.startIndex
        while index < utf8.endIndex {
            if utf8[index] == needle[0], utf8[index...].starts(with: needle) {
                parts.append(self[start..<index])
                index = utf8.index(index, offsetBy: needle.count)
                start = index
            } else {
                index = utf8.index(after: index)
            }
        }
        parts.append(self[start...])
        return parts
    }
}

extension String {
    var unescaped: String {
        var text = self
        for (entity, character) in [
            ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&"),
        ] { text = text.replacing(entity, with: character) }
        return text
    }
}
