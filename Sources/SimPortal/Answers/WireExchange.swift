import SimCore
import SimHTTP

/// One request on the wire with its answer, secrets redacted: for `--wire` and the journal.
package struct WireExchange: Hashable, Sendable {
    /// What stands in place of a secret.
    package static let redaction = "‹redacted›"
    /// Longest body shown, in bytes.
    package static let bodyByteLimit = 16_384

    package let at: Timestamp
    package let request: HTTPRequest
    /// Scheme, host and port the request went to; empty for requests we received.
    package let origin: String
    package let response: HTTPResponse?
    /// Why there was no answer.
    package let failure: String?

    package init(
        at: Timestamp, request: HTTPRequest, origin: String = "", response: HTTPResponse?,
        failure: String? = nil
    ) {
        self.at = at
        self.request = request
        self.origin = origin
        self.response = response
        self.failure = failure
    }

    package var json: JSONValue {
        var object: JSONObject = [
            "at": .string(at.iso8601(fractionDigits: 3)),
            "method": .string(request.method.rawValue),
            "url": .string(origin + Self.redactedTarget(request.target)),
            "requestHeaders": Self.headers(request.headers),
        ]
        object.appendIfPresent("requestBody", Self.body(request.body, request.headers))
        if let response {
            object.append("status", .int(Int64(response.status)))
            object.append("responseHeaders", Self.headers(response.headers))
            object.appendIfPresent("responseBody", Self.body(response.body, response.headers))
        }
        object.appendIfPresent("failure", failure)
        return .object(object)
    }

    /// Names whose values prove identity, in forms, queries and JSON.
    static let secretNames: Set<String> = [
        "client_secret", "password", "passwd", "code", "refresh_token", "access_token", "id_token",
        "client_assertion", "subject_token", "assertion", "code_verifier", "device_code",
        "secrettoken", "clientsecret", "secrettext", "samlresponse", "controltoken", "otc",
        "authenticatorsecret", "flowtoken",
    ]

    private static func headers(_ headers: HTTPHeaders) -> JSONValue {
        .array(
            headers.fields.map { field in
                let value: String
                switch field.name.lowercased() {
                case "authorization", "proxy-authorization":
                    let scheme = field.value.prefix { $0 != " " }
                    value = scheme.count < field.value.count ? "\(scheme) \(redaction)" : redaction
                case "cookie", "set-cookie": value = redaction
                case "location": value = redactedTarget(field.value)
                default: value = field.value
                }
                return ["name": .string(field.name), "value": .string(value)]
            })
    }

    /// Query and fragment values with secret names are replaced; everything else stays as it is.
    package static func redactedTarget(_ target: String) -> String {
        var out = ""
        var piece = ""
        func flush() {
            let parts = piece.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let isSecret = parts.count == 2 && secretNames.contains(parts[0].lowercased())
            out += isSecret ? "\(parts[0])=\(redaction)" : piece
            piece = ""
        }
        for character in target {
            if character == "?" || character == "&" || character == "#" {
                flush()
                out.append(character)
            } else {
                piece.append(character)
            }
        }
        flush()
        return out
    }

    private static func body(_ bytes: [UInt8], _ headers: HTTPHeaders) -> String? {
        guard !bytes.isEmpty else { return nil }
        let type = headers["Content-Type"]?.lowercased() ?? ""
        var text = String(decoding: bytes, as: UTF8.self)
        if type.contains(text: "json") {
            // What is cut or was never JSON is searched for secrets as the text it is.
            text =
                (try? JSONValue(parsing: bytes)).map { redacted($0).text }
                ?? BodyRedaction.json(text, names: secretNames)
        } else if type.contains(text: "form-urlencoded") {
            text = redactedTarget(text)
        } else if type.contains(text: "html") {
            text = BodyRedaction.fields(text, names: secretNames)
        }
        guard text.utf8.count > bodyByteLimit else { return text }
        return String(decoding: text.utf8.prefix(bodyByteLimit), as: UTF8.self)
            + "… (\(bytes.count) bytes)"
    }

    private static func redacted(_ value: JSONValue) -> JSONValue {
        switch value {
        case .object(let object):
            .object(
                JSONObject(
                    object.members.map { member in
                        let name = member.name.lowercased()
                        // In JSON a `code` is an error's name, not an authorization code.
                        let isSecret =
                            name != "code" && secretNames.contains(name)
                            && member.value.stringValue != nil
                        return .init(
                            member.name, isSecret ? .string(redaction) : redacted(member.value))
                    }))
        case .array(let items): .array(items.map(redacted))
        case .null, .bool, .int, .double, .number, .string: value
        }
    }
}
