import SimCore

/// What a connection test says, to people and to programs. provisioning.md §10.3, §10.4.
package struct ConnectionTestResult: Hashable, Sendable {
    package struct Failure: Hashable, Sendable {
        package let code: ProvisioningErrorCode
        /// The code the service shows around `code`; `InvalidCredentials` for a wrong address.
        package let outerCode: String
        /// The admin-visible details; never holds a token.
        package let details: String
        /// `HTTP 401 Unauthorized`; nil when nothing answered.
        package let status: Int?
        /// The answer's body where the details do not show it; empty when there is nothing to add.
        var content = ""

        /// The error a cycle stops with.
        package var error: SynchronizationError {
            SynchronizationError(code: code.rawValue, message: details)
        }
    }

    /// A client whose credentials have no place in the token request. provisioning.md §10.4 [W].
    static let noCredentialLocation = Failure(
        code: .credentialValidationFailure, outerCode: CredentialProbe.unavailable,
        details: "Supported CredentialLocationInRequest is required. This parameter determines "
            + "whether client credentials are included in the request header or body during "
            + "token acquisition.", status: nil)

    package let displayName: String
    package let requestID: GUID
    /// nil for success.
    package let failure: Failure?

    package var isSuccess: Bool { failure == nil }

    /// The text an admin sees, line breaks included.
    package var text: String {
        guard let failure else {
            return "Testing connection to \(displayName)\r\n"
                + "The supplied credentials are authorized to enable provisioning"
        }
        let status = failure.status.map {
            "HTTP \($0) \(HTTPStatusName.text($0))\r\n"
        }
        let content = failure.content.isEmpty ? "" : "Response Content: \(failure.content)\r\n"
        return "Testing connection to \(displayName)\r\n"
            + "You appear to have entered invalid credentials. Please confirm you are using the "
            + "correct information for an administrative account.\r\n\r\n"
            + "Error code: \(failure.code.rawValue)\r\n"
            + "Details: \(failure.details)\r\n" + (status ?? "") + content
            + "Request-id: \(requestID)"
    }

    /// The body of `validateCredentials`' refusal; nil for success (204). The nesting is
    /// (unverified).
    package var resource: JSONValue? {
        failure.map {
            [
                "error": [
                    "code": .string($0.outerCode), "message": .string($0.details),
                    "innerError": [
                        "code": .string($0.code.rawValue),
                        "request-id": .string(requestID.description),
                    ],
                ]
            ]
        }
    }
}

extension ProvisioningJob {
    /// What Test Connection says before it asks anybody, when it is not told where the client's
    /// credentials go.
    package func withoutCredentialLocation(random: any RandomSource) -> ConnectionTestResult {
        ConnectionTestResult(
            displayName: displayName,
            requestID: random.guid(for: RandomPurpose("provisioning.test")),
            failure: ConnectionTestResult.noCredentialLocation)
    }
}
