import SimCore
import SimHTTP

/// Asks the target for a user, and a group, that cannot exist: who may ask gets 200 and an empty
/// list. The first thing of every cycle, and the whole of Test Connection. provisioning.md §7.3.
struct CredentialProbe: Sendable {
    private let job: ProvisioningJob
    private let questions: [HTTPRequest]
    private var next = 0

    init(job: ProvisioningJob, calls: SCIMCalls, random: any RandomSource) {
        self.job = job
        questions = ObjectKey.Kind.allCases.compactMap { kind in
            guard let mapping = job.mapping(kind) else { return nil }
            let attribute = mapping.matching.first.map { mapping.attributes[$0].path.text }
            let value = random.guid(for: RandomPurpose("provisioning.probe"))
            return calls.match(
                kind, attribute: attribute ?? (kind == .user ? "userName" : "displayName"),
                value: value.description)
        }
    }

    /// The next question; nil when all have been answered.
    mutating func question() -> HTTPRequest? {
        guard next < questions.count else { return nil }
        next += 1
        return questions[next - 1]
    }

    private var url: String {
        job.address.origin + (next > 0 ? questions[next - 1].target : job.address.basePath)
    }

    /// What the answer to the last question says; nil when it is the wanted one.
    func failure(_ response: HTTPResponse) -> ConnectionTestResult.Failure? {
        switch response.status {
        case 200: contentFailure(response.body)
        case 403:
            .init(
                code: .credentialValidationUnavailable, outerCode: Self.unavailable,
                details: "We are not able to connect to your application while attempting to "
                    + "validate our authorization to access your application. Please ensure that "
                    + "you have provided valid credentials to the application and reach out to "
                    + "the application developer to diagnose why the authorization is failing.",
                // The text does not name the status: it is shown beside it, with the body.
                status: 403, content: TargetFailure.shown(response.body, job))
        case 404: Self.notFound
        case 429, 500...599:
            .init(
                code: .credentialValidationUnavailable, outerCode: Self.unavailable,
                details: "We received this unexpected response from your application: "
                    + exchange(response, " "),
                status: response.status)
        default:
            .init(
                code: .credentialValidationFailure, outerCode: Self.invalid,
                details: Self.unexpected + "\r\n\r\n" + exchange(response, "\r\n  "),
                status: response.status)
        }
    }

    func failure(_ failure: ConnectionFailure) -> ConnectionTestResult.Failure {
        .init(
            code: .credentialValidationUnavailable, outerCode: Self.unavailable,
            details: "An error occurred while sending the request. \(failure.explanation)",
            status: nil)
    }

    private static let invalid = "InvalidCredentials"
    static let unavailable = "CredentialValidationUnavailable"
    private static let unexpected =
        "While attempting to validate our authorization to access your application, we received "
        + "this unexpected response:"

    /// A filter query answered 404: the address is wrong, or the filter is not understood. Also
    /// what a cycle stops with when it meets one later. provisioning.md §1.7, §10.4 [W].
    static let notFound = ConnectionTestResult.Failure(
        code: .serviceIncompatible, outerCode: invalid,
        details: "An HTTP/404 Not Found response was returned rather than the expected HTTP/200 OK "
            + "response. To address this issue, ensure that the tenant URL is correct. The tenant "
            + "URL is usually in a format like: https://<>/scim. If this does not resolve the "
            + "issue, contact the application developer to ensure their SCIM endpoint conforms "
            + "with the protocol https://tools.ietf.org/html/rfc7644#section-3.4.2",
        status: 404)

    private func contentFailure(_ body: [UInt8]) -> ConnectionTestResult.Failure? {
        switch MatchAnswer(list: body) {
        case .none: nil
        case .one, .many:
            .init(
                code: .serviceIncompatible, outerCode: Self.invalid,
                details: Self.unexpected
                    + " A query for an entry that cannot exist returned entries, so the filter "
                    + "of the query was not applied.",
                status: 200)
        case .malformed:
            .init(
                code: .serviceIncompatible, outerCode: Self.invalid,
                details: Self.unexpected
                    + " We are not able to deserialize the resource received from your SCIM "
                    + "endpoint because your SCIM endpoint is not fully compatible with the Azure "
                    + "Active Directory SCIM client. Here is the resource we received from your "
                    + "SCIM endpoint: " + Self.escaped(TargetFailure.shown(body, job)),
                status: 200)
        }
    }

    /// The request and answer, quotes decoded and `+` kept as the service shows them.
    private func exchange(_ response: HTTPResponse, _ separator: String) -> String {
        var shown = job.secrets.hidden(in: response)
        shown.body = Array(TargetFailure.shown(response.body, job).utf8)
        return Self.exchange(
            shown, resource: url.replacingOccurrences(of: "%22", with: "\""), operation: "GET",
            separator: separator)
    }

    /// A request and its answer, from which secrets have been taken, as texts print them.
    static func exchange(
        _ response: HTTPResponse, resource: String, operation: String, separator: String
    ) -> String {
        let headers = response.headers.fields.map { "\($0.name): \($0.value)" }
        let content = String(decoding: response.body, as: UTF8.self)
        return [
            "Received response from Web resource.", "Resource: \(resource)",
            "Operation: \(operation)",
            "Response Status Code: \(HTTPStatusName.text(response.status))",
            "Response Headers: \(headers.joined(separator: separator + "  "))",
            "Response Content: \(content)",
        ].joined(separator: separator)
    }

    /// HTML-escaped, as the mail prints a body.
    private static func escaped(_ text: String) -> String {
        var out = ""
        for character in text.unicodeScalars {
            switch character {
            case "&": out += "&amp;"
            case "<": out += "&lt;"
            case ">": out += "&gt;"
            case "\"": out += "&quot;"
            default: out.unicodeScalars.append(character)
            }
        }
        return out
    }
}
