import SimCore
import SimErrors

/// The key that says which effect a rule has; the others belong to one of these.
package enum FaultEffectKey: String, CaseIterable, Sendable {
    case aadsts, status, latency, hang, reset, truncate, drip, contentType, malformed, oversized
    case contentLength, tamper, scim, connection, defect, certificate, keys

    /// Further keys that go with it.
    var companions: [String] {
        switch self {
        case .aadsts:
            ["error", "suberror", "httpStatus", "message", "claims", "retryAfter", "arguments"]
        case .status: ["headers", "body", "retryAfter", "retryAfterForm"]
        case .latency: ["to", "over"]
        case .drip: ["every"]
        case .keys: ["by"]
        case .tamper: ["token", "claim", "value"]
        case .defect: AppDefect.settings
        case .hang, .reset, .truncate, .contentType, .malformed, .oversized, .contentLength, .scim,
            .connection, .certificate:
            []
        }
    }
}

extension FaultEffect {
    /// Largest body a rule can make, and longest length it can announce, in bytes.
    package static let byteLimit = 64 << 20

    /// Every key *what* can have.
    static let keys =
        FaultEffectKey.allCases.map(\.rawValue)
        + FaultEffectKey.allCases.flatMap(\.companions).reduce(into: [String]()) {
            if !$0.contains($1) { $0.append($1) }
        }

    /// Reads *what*: exactly one effect with its companions.
    ///
    /// JSON: `{"aadsts": 50076}`, `{"status": 503, "retryAfter": "30s"}`, `{"latency": "2s"}`,
    /// `{"reset": "during"}`, `{"tamper": "expired"}`, `{"scim": "lostWrite"}`, ….
    package init(_ json: JSONValue, at site: FaultSite) throws(FaultRuleError) {
        let reader = try FaultObjectReader(json, keys: Self.keys, place: "'what'")
        let found = FaultEffectKey.allCases.filter { reader.value($0.rawValue) != nil }
        guard let key = found.first else {
            throw FaultRuleError(
                "'what' names no effect",
                hint: "one of: \(FaultEffectKey.allCases.map(\.rawValue).joined(separator: ", "))")
        }
        guard found.count == 1 else {
            throw FaultRuleError(
                "'what' names '\(found[0].rawValue)' and '\(found[1].rawValue)'",
                hint: "two effects are two rules")
        }
        let names = json.objectValue?.names ?? []
        if let stray = names.first(where: {
            $0 != key.rawValue && !key.companions.contains($0)
        }) {
            throw FaultRuleError("'\(stray)' in 'what' does not go with '\(key.rawValue)'")
        }
        self = try Self.read(key, reader, site)
        try checkFits(site)
    }

    private static func read(
        _ key: FaultEffectKey, _ reader: FaultObjectReader, _ site: FaultSite
    ) throws(FaultRuleError) -> FaultEffect {
        switch key {
        case .aadsts: return .refusal(try refusal(reader))
        case .status: return .answer(try answer(reader))
        case .latency: return .delivery(.latency(try latency(reader)))
        case .hang:
            try reader.requireTrue("hang")
            return .delivery(.hang)
        case .reset: return .delivery(.reset(try reader.requiredChoice("reset")))
        case .truncate: return .delivery(.truncated(try size("truncate", reader)))
        case .drip:
            guard let bytes = try reader.number("drip", in: 1...byteLimit) else { break }
            return .delivery(.drip(bytes: bytes, every: try reader.requiredDuration("every")))
        case .contentType:
            return .delivery(.contentType(try reader.string("contentType") ?? ""))
        case .malformed:
            try reader.requireTrue("malformed")
            return .delivery(.malformed)
        case .oversized: return .delivery(.oversized(try size("oversized", reader)))
        case .contentLength: return .delivery(.contentLength(try size("contentLength", reader)))
        case .tamper: return .tamper(try TokenTamper(reader))
        case .certificate: return .certificate(try reader.requiredChoice("certificate"))
        case .keys: return .keys(try keys(reader))
        case .scim: return .target(.defect(try reader.requiredChoice("scim")))
        case .connection: return .target(.failure(try reader.requiredChoice("connection")))
        case .defect: return try defect(reader, site)
        }
        throw FaultRuleError("'\(key.rawValue)' in 'what' has no value")
    }

    private static func keys(_ reader: FaultObjectReader) throws(FaultRuleError) -> FaultyKeys {
        enum Name: String, CaseIterable { case empty, stale, lag }
        let by = try reader.duration("by")
        let name = try reader.requiredChoice("keys", Name.self)
        guard (name == .lag) == (by != nil) else {
            throw FaultRuleError(
                "'by' in 'what' goes with 'lag', and only with it",
                hint: #"{"keys": "lag", "by": "1h"}"#)
        }
        switch name {
        case .empty: return .empty
        case .stale: return .stale
        case .lag: return .lag(by ?? .zero)
        }
    }

    private static func size(
        _ key: String, _ reader: FaultObjectReader
    ) throws(FaultRuleError) -> Int {
        try reader.number(key, in: 0...byteLimit) ?? 0
    }

    private static func refusal(
        _ reader: FaultObjectReader
    ) throws(FaultRuleError) -> AADSTSError {
        let value = reader.value("aadsts") ?? .null
        let text = value.stringValue ?? value.intValue.map { String($0) } ?? ""
        guard let code = AADSTSCatalogue.code(in: text) else {
            throw reader.mismatch("aadsts", value, "an error number such as 50076")
        }
        guard let entry = AADSTSCatalogue.entry(code) else {
            throw FaultRuleError(
                "there is no error \(code) in the catalogue",
                hint: AADSTSCatalogue.nearestCode(to: code).map { "did you mean \($0)?" })
        }
        var arguments: [String: AADSTSError.Argument] = [:]
        for pair in try reader.strings("arguments") {
            guard entry.placeholders.contains(pair.name) else {
                throw FaultRuleError(
                    "\(entry.label) has no placeholder '\(pair.name)'",
                    hint: entry.placeholders.isEmpty
                        ? nil : "it has \(entry.placeholders.joined(separator: ", "))",
                    isUnknownKey: true)
            }
            arguments[pair.name] = .text(pair.value)
        }
        var error = AADSTSError(entry: entry, arguments: arguments)
        error.overrides.oauthError = try reader.string("error").map(OAuthErrorName.init)
        error.overrides.suberror = try reader.string("suberror")
        error.overrides.httpStatus = try reader.number("httpStatus", in: 200...599)
        error.overrides.message = try reader.string("message")
        error.overrides.claims = try reader.string("claims")
        error.overrides.retryAfterSeconds = try reader.duration("retryAfter").map {
            Int($0.components.seconds)
        }
        return error
    }

    private static func answer(
        _ reader: FaultObjectReader
    ) throws(FaultRuleError) -> FaultAnswer {
        guard let status = try reader.number("status", in: 200...599) else {
            throw FaultRuleError("'what' lacks a status")
        }
        let headers = try reader.strings("headers").map {
            JSONObject.Member($0.name, .string($0.value))
        }
        let body = reader.value("body")
        let retryAfter = try reader.duration("retryAfter")
        let form = try reader.choice("retryAfterForm", FaultAnswer.RetryForm.self)
        if form != nil, retryAfter == nil {
            throw FaultRuleError("'retryAfterForm' in 'what' means nothing without 'retryAfter'")
        }
        return FaultAnswer(
            status: status, headers: headers,
            body: body.map { value in
                value.stringValue.map { Array($0.utf8) } ?? value.serialized
            } ?? [],
            retryAfter: retryAfter, retryForm: form ?? .seconds,
            isJSON: body != nil && body?.stringValue == nil)
    }

    private static func latency(
        _ reader: FaultObjectReader
    ) throws(FaultRuleError) -> FaultLatency {
        let low = try reader.requiredDuration("latency")
        let hits = try reader.number("over", in: 2...FaultTrigger.countLimit)
        guard let high = try reader.duration("to") else {
            if hits != nil { throw FaultRuleError("'over' in 'what' means nothing without 'to'") }
            return .fixed(low)
        }
        if let hits { return .ramp(low, high, hits: hits) }
        guard low <= high else { throw FaultRuleError("'to' in 'what' is less than 'latency'") }
        return .uniform(low, high)
    }
}

extension TokenTamper {
    /// The tampers of a rule. `wrong…` changes the claim to a value nobody would accept.
    private enum Name: String, CaseIterable {
        case badSignature, unknownKid, algNone, expired, notYetValid
        case wrongIss, wrongAud, wrongNonce, wrongTid, missingClaim, changedClaim
    }

    fileprivate init(_ reader: FaultObjectReader) throws(FaultRuleError) {
        let name = try reader.requiredChoice("tamper", Name.self)
        let token = try reader.choice("token", Token.self) ?? .both
        let claim = try reader.string("claim")
        let value = reader.value("value")
        let wantsClaim = name == .missingClaim || name == .changedClaim
        guard wantsClaim == (claim != nil), (name == .changedClaim) == (value != nil) else {
            throw FaultRuleError(
                "'\(name.rawValue)' does not go with the keys given",
                hint: "'missingClaim' needs 'claim', 'changedClaim' also 'value'; others neither")
        }
        self.init(Self.defect(name, claim ?? "", value ?? .null), of: token)
    }

    private static func defect(_ name: Name, _ claim: String, _ value: JSONValue) -> Defect {
        switch name {
        case .badSignature: .badSignature
        case .unknownKid: .unknownKey
        case .algNone: .unsigned
        case .expired: .expired
        case .notYetValid: .notYetValid
        case .wrongIss: .changed(claim: "iss", to: "https://sts.wrong.example/")
        case .wrongAud: .changed(claim: "aud", to: "api://wrong.example")
        case .wrongNonce: .changed(claim: "nonce", to: "wrong-nonce")
        case .wrongTid:
            .changed(claim: "tid", to: .string(GUID(seed: 0, name: "wrong tenant").description))
        case .missingClaim: .missing(claim: claim)
        case .changedClaim: .changed(claim: claim, to: value)
        }
    }
}
