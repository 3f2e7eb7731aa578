import SimCore
import SimHTTP

/// A refusal of the control API: what is wrong, and what to do about it.
package struct ControlError: Error, Hashable, Sendable {
    /// Stable names a script can rely on.
    package enum Code: String, CaseIterable, Sendable {
        case badRequest, unknownKey, unauthorized, forbidden, notFound, ambiguous, conflict
        case methodNotAllowed, failed, timedOut, tooManyRequests
    }

    package let status: Int
    package let code: Code
    /// Starts in lower case, no full stop, the offending value in quotes.
    package let message: String
    package let hint: String?
    /// Methods for `Allow`; only for `methodNotAllowed`.
    package var allowedMethods: [HTTPMethod] = []

    package init(status: Int, code: Code, message: String, hint: String? = nil) {
        self.status = status
        self.code = code
        self.message = message
        self.hint = hint
    }

    /// `{"error":{"code":…,"message":…,"hint":…}}`
    package var response: HTTPResponse {
        var error: JSONObject = ["code": .string(code.rawValue), "message": .string(message)]
        error.appendIfPresent("hint", hint)
        var response = HTTPResponse(
            status: status, json: ["error": .object(error)], headers: ControlRoutes.commonHeaders)
        if code == .unauthorized {
            response.headers.append("WWW-Authenticate", "Bearer realm=\"entra-sim\"")
        }
        if !allowedMethods.isEmpty {
            response.headers.append(
                "Allow", allowedMethods.map(\.rawValue).joined(separator: ", "))
        }
        return response
    }
}

extension ControlError {
    /// The request is malformed or contradicts itself.
    package static func badRequest(_ message: String, hint: String? = nil) -> Self {
        Self(status: 400, code: .badRequest, message: message, hint: hint)
    }

    /// Nothing of that kind has that name; the nearest known name becomes the hint.
    package static func notFound(
        _ kind: String, _ name: String, known: some Sequence<String> = EmptyCollection<String>()
    ) -> Self {
        Self(
            status: 404, code: .notFound, message: "there is no \(kind) '\(name)'",
            hint: NearestName.of(name, in: known).map { "did you mean '\($0)'?" })
    }

    /// Several things of that kind have that name.
    package static func ambiguous(_ kind: String, _ name: String, ids: [String]) -> Self {
        Self(
            status: 409, code: .ambiguous, message: "\(ids.count) \(kind)s are called '\(name)'",
            hint: "use an id: \(ids.sorted().prefix(5).joined(separator: ", "))")
    }

    /// The state does not allow it: the name is taken, the user is not in the recycle bin, ….
    package static func conflict(_ message: String, hint: String? = nil) -> Self {
        Self(status: 409, code: .conflict, message: message, hint: hint)
    }

    /// The attempt was made and failed: a target that is down, a full disk, ….
    package static func failed(_ message: String, hint: String? = nil) -> Self {
        Self(status: 502, code: .failed, message: message, hint: hint)
    }
}
