import SimHTTP

extension HTTPResponse {
    /// A test header that cannot be understood: nothing of the service's, so no service's error.
    static func situationFault(_ fault: SituationHeaders.Fault) -> HTTPResponse {
        HTTPResponse(
            status: 400, headers: ["Content-Type": "text/plain; charset=utf-8"],
            body: Array((fault.message + "\n").utf8))
    }
}
