/// HTTP/1.1 as values and machines: requests, responses, cookies, parser, serializer, routes.
///
/// Refuses to know: sockets, TLS, time, what a path means.
/// Read first: `HTTPRequest.swift`, `HTTPRequestParser.swift`, `RoutePattern.swift`.
