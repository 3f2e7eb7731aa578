import SimCore

/// A complete response. `Content-Length`, `Date` and `Connection` are written by the serializer.
package struct HTTPResponse: Hashable, Sendable {
    package var status: Int
    package var headers: HTTPHeaders
    package var body: [UInt8]
    /// How the answer leaves; empty for the ordinary way.
    package var delivery: [DeliveryStep] = []

    package init(status: Int, headers: HTTPHeaders = [:], body: [UInt8] = []) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    package init(status: Int = 200, json value: JSONValue, headers: HTTPHeaders = [:]) {
        self.init(status: status, headers: headers, body: value.serialized)
        self.headers.append(prepared: "Content-Type: application/json; charset=utf-8\r\n")
    }

    package init(status: Int = 200, html page: String, headers: HTTPHeaders = [:]) {
        self.init(status: status, headers: headers, body: Array(page.utf8))
        self.headers.append("Content-Type", "text/html; charset=utf-8")
    }
}
