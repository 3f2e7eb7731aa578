import SimErrors
import SimHTTP
import Testing

@testable import SimIdentity

/// A state of the directory or a request by which the platform raises a number of the catalogue by
/// itself, and what the other side sees.
struct NaturalCause: Sendable, CustomTestStringConvertible {
    /// How the refusal reaches the other side. aadsts.md §1, §2.
    enum Shape: Sendable {
        /// A JSON body.
        case json(String, status: Int = 400, suberror: String? = nil)
        /// The error page, status 200.
        case page
        /// A page of the sign-in that says what to mend.
        case form
        /// A question to the person; the number stands in the sign-in log.
        case log
        /// A redirect to the client's address.
        case redirect(String)
    }

    let code: Int
    let cause: String
    let shape: Shape
    let act: @Sendable (Browser) throws -> HTTPResponse
    var testDescription: String { "\(code): \(cause)" }

    init(
        _ code: Int, _ cause: String, _ shape: Shape,
        act: @escaping @Sendable (Browser) throws -> HTTPResponse
    ) {
        self.code = code
        self.cause = cause
        self.shape = shape
        self.act = act
    }

    /// Every cause the tests know.
    static let all: [NaturalCause] =
        requests + clients + secrets + assertions + federations + codes + refreshes
        + onBehalfOf + passwords + people + newPasswords + authorizations + responses + scopes
        + devices + access + namedSessions + consentsAndAPIs + settings + guests
}
