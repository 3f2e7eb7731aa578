import SimCore
import SimHTTP

/// Carries commands out. The simulator implements it; routes and pages only know this.
package protocol ControlPerformer: Sendable {
    /// Performs `command` and calls `completion` once, from any thread; work that takes time
    /// (run, preview, advance, test-connection) calls it when it has ended.
    func perform(
        _ command: ControlCommand,
        completion: @escaping @Sendable (Result<ControlAnswer, ControlError>) -> Void)
}

/// A successful answer of the control API.
package enum ControlAnswer: Hashable, Sendable {
    /// 200 with JSON.
    case json(JSONValue)
    /// 201 with JSON: something new exists.
    case created(JSONValue)
    /// 200 with plain text: metrics.
    case text(String)
    /// 204.
    case done

    package var response: HTTPResponse {
        switch self {
        case .json(let value): HTTPResponse(json: value, headers: ControlRoutes.commonHeaders)
        case .created(let value):
            HTTPResponse(status: 201, json: value, headers: ControlRoutes.commonHeaders)
        case .text(let text): Self.plain(text)
        case .done: HTTPResponse(status: 204, headers: ControlRoutes.commonHeaders)
        }
    }

    private static func plain(_ text: String) -> HTTPResponse {
        var headers = ControlRoutes.commonHeaders
        headers.append("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
        return HTTPResponse(status: 200, headers: headers, body: Array(text.utf8))
    }
}
