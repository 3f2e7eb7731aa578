import SimCore
import SimHTTP

/// Why a job has no access token for its target. provisioning.md §10.4.
package enum AccessTokenFailure: Error, Hashable, Sendable {
    /// The token endpoint at this address gave no answer.
    case unreachable(String, ConnectionFailure)
    /// The token endpoint refused; its answer without secrets. RFC 6749 §5.2.
    case refused(String, HTTPResponse)
    /// An answer in which there is no token that could be used.
    case malformed(String, reason: String)
    /// The login endpoint issued no token to present, in its own words.
    case notIssued(reason: String)

    /// What Test Connection shows and a cycle stops with; the service's own texts are unpublished
    /// (unverified), so the frame is that of the SCIM endpoint's refusals.
    package var connectionFailure: ConnectionTestResult.Failure {
        .init(
            code: code, outerCode: CredentialProbe.unavailable,
            details: "We were not able to acquire an access token for your application. "
                + explanation,
            status: status)
    }

    private var code: ProvisioningErrorCode {
        switch self {
        case .unreachable, .malformed: .credentialValidationUnavailable
        case .refused(_, let response):
            (400..<500).contains(response.status) && response.status != 429
                ? .credentialValidationFailure : .credentialValidationUnavailable
        case .notIssued: .invalidCredentials
        }
    }

    private var status: Int? {
        switch self {
        case .refused(_, let response): response.status
        case .unreachable, .malformed, .notIssued: nil
        }
    }

    private var explanation: String {
        switch self {
        case .unreachable(let url, let failure):
            "An error occurred while sending the request to \(url). \(failure.explanation)"
        case .refused(let url, let response):
            "The token endpoint returned this unexpected response:\r\n\r\n"
                + CredentialProbe.exchange(
                    response, resource: url, operation: "POST", separator: "\r\n  ")
        case .malformed(let url, let reason):
            "The answer of the token endpoint \(url) cannot be used: \(reason)."
        case .notIssued(let reason): "Microsoft Entra ID issued no token to present: \(reason)"
        }
    }
}
