import SimCore
import SimDirectory
import SimErrors
import SimHTTP

/// One request with everything that is decided about it before anyone looks at its meaning: time,
/// identifiers, parsed fields.
///
/// A class: what decides about a request hands it on many times, and a copy of a dozen fields is as
/// many counted references.
final class Exchange: Sendable {
    let request: HTTPRequest
    let now: Timestamp
    /// `x-ms-request-id`, `trace_id`, and the `uti` of every token issued. Ends in a zero byte.
    let traceID: GUID
    let correlationID: GUID
    /// nil when the query is not readable.
    let query: FormFields?
    /// The body as a form; nil when it is not readable.
    let form: FormFields?
    let cookies: RequestCookies
    let host: AnsweringHost
    let envelope: ErrorEnvelope

    init(_ request: HTTPRequest, at now: Timestamp, platform: IdentityPlatform) {
        self.request = request
        self.now = now
        traceID = Self.traceID(platform.random)
        query = request.query.map(Self.fields) ?? FormFields()
        form =
            request.body.isEmpty ? FormFields() : Self.fields(request.body)
        cookies = RequestCookies(request.headers)
        host = AnsweringHost(request.headers["Host"], of: platform)
        let asked =
            request.headers["client-request-id"] ?? query?["client-request-id"]
            ?? form?["client-request-id"]
        correlationID =
            asked.flatMap { GUID($0) } ?? platform.random.guid(for: .correlationID)
        envelope = ErrorEnvelope(
            traceID: traceID, correlationID: correlationID, at: now, origin: platform.origin,
            separator: platform.settings.descriptionSeparator)
    }

    private init(_ other: Exchange, _ correlationID: GUID, _ platform: IdentityPlatform) {
        request = other.request
        now = other.now
        traceID = other.traceID
        self.correlationID = correlationID
        query = other.query
        form = other.form
        cookies = other.cookies
        host = other.host
        envelope = ErrorEnvelope(
            traceID: traceID, correlationID: correlationID, at: now, origin: platform.origin,
            separator: platform.settings.descriptionSeparator)
    }

    /// What is different in each answer.
    var marks: ExchangeMarks {
        ExchangeMarks(
            now: now, traceID: traceID, correlationID: correlationID,
            host: host, binding: BrowserBinding(cookies))
    }

    /// The marks of an exchange of which nothing else has to be known.
    ///
    /// - Parameters:
    ///   - asked: the request's `client-request-id`.
    ///   - host: as in `ExchangeMarks`, like the binding.
    static func marks(
        asked: GUID?, host: AnsweringHost, binding: BrowserBinding?, at now: Timestamp,
        _ platform: IdentityPlatform
    ) -> ExchangeMarks {
        let traceID = traceID(platform.random)
        return ExchangeMarks(
            now: now, traceID: traceID,
            correlationID: asked ?? platform.random.guid(for: .correlationID),
            host: host, binding: binding)
    }

    /// A request's identifier ends in a zero byte.
    private static func traceID(_ random: any RandomSource) -> GUID {
        let random = random.guid(for: .traceID)
        return GUID(high: random.high, low: random.low & ~0xFF)
    }

    /// The same request as part of a sign-in that began under another correlation id.
    func continuing(_ correlationID: GUID, _ platform: IdentityPlatform) -> Exchange {
        Exchange(self, correlationID, platform)
    }

    /// What the connection itself tells of the person's surroundings.
    var connection: SignInSituation {
        var situation = SignInSituation()
        situation.address = request.remoteAddress
        situation.platform = request.headers["User-Agent"]
            .flatMap { DevicePlatform(userAgent: $0) }
        return situation
    }

    /// The browser's `Origin`; nil when the request does not come from a script.
    var browserOrigin: String? { request.headers["Origin"] }

    /// Bytes that are no UTF-8 are read as the text they can be repaired to.
    private static func fields(_ body: [UInt8]) -> FormFields? {
        if let fields = try? FormFields(parsing: body) { return fields }
        return fields(String(decoding: body, as: UTF8.self)[...])
    }

    private static func fields(_ text: Substring) -> FormFields? {
        do { return try FormFields(parsing: text) } catch { return nil }
    }
}

extension RandomPurpose {
    static let traceID = RandomPurpose("identity.trace-id")
    static let correlationID = RandomPurpose("identity.correlation-id")
    static let cookie = RandomPurpose("identity.cookie")
    static let sealNonce = RandomPurpose("identity.seal-nonce")
    static let grantID = RandomPurpose("identity.grant-id")
    static let userCode = RandomPurpose("identity.user-code")
    static let sessionID = RandomPurpose("identity.session-id")
    static let lifetime = RandomPurpose("identity.token-lifetime")
    static let tokenEntropy = RandomPurpose("identity.token-entropy")
    static let tokenNonce = RandomPurpose("identity.token-nonce")
    static let secondFactor = RandomPurpose("identity.second-factor")
    static let consentGrant = RandomPurpose("identity.consent-grant")
}
