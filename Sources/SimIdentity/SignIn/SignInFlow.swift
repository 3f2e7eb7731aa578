import SimCore
import SimDirectory
import SimErrors

/// What the pages of one sign-in hand on to each other: a sealed field of every form, bound to the
/// browser by a cookie, so that nobody else's browser can send it.
struct SignInFlow: Hashable, Sendable {
    /// How long a page may stay open.
    static let lifetime: Duration = .minutes(60)
    static let fieldName = "flowtoken"

    /// Which request the pages serve; it says how `parameters` are read.
    enum Purpose: String, Sendable {
        case authorization, device, adminConsent
    }

    let purpose: Purpose
    let version: ProtocolVersion
    /// The path segment of the authorization request.
    let segment: String
    /// The request as it came, as a query.
    let parameters: String
    /// Value of the browser's cookie.
    let binding: String
    let expiresAt: Timestamp
    /// The only form that may send it: a page cannot be skipped by posting to a later one.
    var stage = IdentityRoute.SignInForm.credentials
    var userName: String?
    /// Set once credentials were proven in this flow.
    var signIn: SignIn?
    /// The code the second factor expects.
    var factorCode: String?
    /// nil until the person was asked.
    var staysSignedIn: Bool?
    /// One for all attempts of the flow.
    let correlationID: GUID
    /// What the person chose on the panel.
    var situation = SignInSituation()
    /// The secret an authenticator app is being enrolled with.
    var enrolment: [UInt8]?

    var fields: FormFields {
        // Sealed by us from fields that were parsed, so it parses again.
        (try? FormFields(parsing: parameters)) ?? FormFields()
    }

    /// The same flow before anybody had signed in.
    var forgettingPerson: SignInFlow {
        var flow = self
        flow.userName = nil
        flow.signIn = nil
        flow.factorCode = nil
        flow.staysSignedIn = nil
        return flow
    }

    var record: JSONValue {
        [
            .bool(version == .v2), .string(segment), .string(parameters), .string(binding),
            .int(expiresAt.microseconds), userName.map { .string($0) } ?? .null,
            signIn?.record ?? .null, factorCode.map { .string($0) } ?? .null,
            staysSignedIn.map { .bool($0) } ?? .null, .string(stage.rawValue),
            .string(purpose.rawValue), .string(correlationID.description),
            .object(situation.json), enrolment.map { .string(Base64.urlEncode($0)) } ?? .null,
        ]
    }

    init(
        _ purpose: Purpose = .authorization, version: ProtocolVersion, segment: String,
        parameters: FormFields, binding: String, exchange: Exchange
    ) {
        self.purpose = purpose
        self.version = version
        self.segment = segment
        self.parameters = parameters.encoded()
        self.binding = binding
        expiresAt = exchange.now + Self.lifetime
        correlationID = exchange.correlationID
    }

    init?(record: JSONValue) {
        guard let fields = record.arrayValue, fields.count == 14,
            let isV2 = fields[0].boolValue, let segment = fields[1].stringValue,
            let parameters = fields[2].stringValue, let binding = fields[3].stringValue,
            let expires = fields[4].intValue,
            let stage = fields[9].stringValue.flatMap(IdentityRoute.SignInForm.init),
            let purpose = fields[10].stringValue.flatMap(Purpose.init),
            let correlation = fields[11].stringValue.flatMap({ GUID($0) }),
            let situation = fields[12].objectValue
        else { return nil }
        self.purpose = purpose
        version = isV2 ? .v2 : .v1
        self.segment = segment
        self.parameters = parameters
        self.binding = binding
        expiresAt = Timestamp(microseconds: expires)
        userName = fields[5].stringValue
        signIn = SignIn(record: fields[6])
        factorCode = fields[7].stringValue
        staysSignedIn = fields[8].boolValue
        self.stage = stage
        correlationID = correlation
        self.situation = SignInSituation(json: situation)
        enrolment = fields[13].stringValue.flatMap { Base64.urlDecode($0) }
    }
}

extension IdentityPlatform {
    /// Whether a form belongs to this browser and page, and was only left open for too long.
    func isTooOld(_ exchange: Exchange, at stage: IdentityRoute.SignInForm) -> Bool {
        guard let text = exchange.form?[SignInFlow.fieldName],
            let bytes = Base64.urlDecode(text),
            let flow = sealed.open(bytes, for: .flow).flatMap(SignInFlow.init)
        else { return false }
        return flow.stage == stage && exchange.now >= flow.expiresAt
            && exchange.cookies[BrowserBinding.cookieName] == flow.binding
    }

    /// The form field of a flow, good for one form only.
    func text(of flow: SignInFlow, for stage: IdentityRoute.SignInForm) -> String {
        var staged = flow
        staged.stage = stage
        return sealed.seal(staged.record, for: .flow).map { Base64.urlEncode($0) } ?? ""
    }

    /// The flow a form belongs to; nil when it is not ours, too old, from another browser, or of
    /// another page.
    func flow(_ exchange: Exchange, at stage: IdentityRoute.SignInForm) -> SignInFlow? {
        guard let text = exchange.form?[SignInFlow.fieldName],
            let bytes = Base64.urlDecode(text),
            let flow = sealed.open(bytes, for: .flow).flatMap(SignInFlow.init),
            flow.stage == stage, exchange.now < flow.expiresAt,
            exchange.cookies[BrowserBinding.cookieName] == flow.binding
        else { return nil }
        return flow
    }
}
