import SimCore
import SimHTTP
import SimPortal

/// A job's call to a target that has ended. What people are shown of it is made when they ask.
struct SentCall: Sendable {
    let at: Timestamp
    let request: HTTPRequest
    let origin: Origin
    let purpose: CallPurpose
    /// nil for a call that was never made, for want of an access token.
    let answer: Result<HTTPResponse, ConnectionFailure>?
    /// What the job is told instead, where that is something else.
    var told: Result<HTTPResponse, TargetCallFailure>?
    /// The calls for the access token it waited for.
    var before: [SentCall] = []

    /// What the job is told.
    var result: Result<HTTPResponse, TargetCallFailure> {
        if let told { return told }
        switch answer {
        case .success(let response)?: return .success(response)
        case .failure(let failure)?: return .failure(.connection(failure))
        case nil: return .failure(.connection(.cancelled))
        }
    }

    /// The exchange, without what of the credentials the answer repeats.
    var wire: WireExchange {
        WireExchange(
            at: at, request: request, origin: origin.description,
            response: response.map(purpose.kept), failure: failure?.explanation)
    }

    /// All exchanges, in the order they were made.
    var wires: [WireExchange] { before.map(\.wire) + (answer == nil ? [] : [wire]) }

    var response: HTTPResponse? {
        if case .success(let response) = answer { response } else { nil }
    }

    var failure: ConnectionFailure? {
        if case .failure(let failure) = answer { failure } else { nil }
    }
}
