import SimCore

/// A complete request: what the server hands to a handler and the client puts on the wire.
package struct HTTPRequest: Hashable, Sendable {
    package var method: HTTPMethod
    /// The request target as on the wire: path, and `?query` when present. Percent escapes kept.
    package var target: String
    package var headers: HTTPHeaders
    package var body: [UInt8]
    /// The client's address without port (`127.0.0.1`); empty for requests we build ourselves.
    package var remoteAddress: String

    package init(
        method: HTTPMethod, target: String, headers: HTTPHeaders = [:], body: [UInt8] = [],
        remoteAddress: String = ""
    ) {
        self.method = method
        self.target = target
        self.headers = headers
        self.body = body
        self.remoteAddress = remoteAddress
    }

    /// The part of the target before `?`, escapes kept.
    package var path: Substring {
        Substring(target.utf8.prefix { $0 != UInt8(ascii: "?") })
    }

    /// The part of the target after `?`; nil when there is none.
    package var query: Substring? {
        guard let mark = target.utf8.firstIndex(of: UInt8(ascii: "?")) else { return nil }
        return target[target.utf8.index(after: mark)...]
    }

    /// The path's segments, percent-decoded; nil when an escape is broken.
    /// `/a/b%20c/` gives `["a", "b c", ""]`.
    package var pathSegments: [String]? {
        var segments: [String] = []
        for piece in path.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
            .dropFirst()
        {
            guard let segment = PercentCoding.decode(String(Substring(piece)), plusIsSpace: false)
            else {
                return nil
            }
            segments.append(segment)
        }
        return segments
    }
}
