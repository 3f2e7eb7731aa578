import SimCore
import SimHTTP
import SimPortal

/// A call to a target that has ended. What people are shown of it is made when they ask.
struct SentCall: Sendable {
    let at: Timestamp
    let request: HTTPRequest
    let origin: Origin
    let purpose: CallPurpose
    let result: Result<HTTPResponse, ConnectionFailure>

    /// Without what of the credentials the answer repeats.
    var wire: WireExchange {
        WireExchange(
            at: at, request: request, origin: origin.description,
            response: response.map(purpose.kept), failure: failure?.explanation)
    }

    var response: HTTPResponse? {
        switch result {
        case .success(let response): response
        case .failure: nil
        }
    }

    var failure: ConnectionFailure? {
        switch result {
        case .success: nil
        case .failure(let failure): failure
        }
    }
}

/// A job's call with those for the access token it waited for.
struct SentCalls: Sendable {
    var before: [SentCall] = []
    /// nil for a call that was never made.
    var own: SentCall?

    /// In the order they were made.
    var wire: [WireExchange] { (before + [own].compactMap(\.self)).map(\.wire) }
}
