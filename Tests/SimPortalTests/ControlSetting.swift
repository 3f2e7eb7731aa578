import SimCore
import SimHTTP
import SimPortal

let controlToken = "sesame-4711"
let routes = ControlRoutes(
    access: ControlAccess(
        token: controlToken, origins: ["https://localhost:8443", "https://login.fabrikam.test"]))

/// A request as our own command line sends it; every part can be replaced.
func request(
    _ method: HTTPMethod, _ target: String, _ body: String = "", host: String? = "localhost:8443",
    origin: String? = nil, authorization: String? = "Bearer \(controlToken)"
) -> HTTPRequest {
    var headers = HTTPHeaders()
    if let host { headers.append("Host", host) }
    if let origin { headers.append("Origin", origin) }
    if let authorization { headers.append("Authorization", authorization) }
    return HTTPRequest(
        method: method, target: target, headers: headers, body: Array(body.utf8))
}

/// The refusal of a request; nil when it is routed.
func refusal(_ request: HTTPRequest) -> ControlError? {
    switch routes.route(request) {
    case .success: nil
    case .failure(let error): error
    }
}
