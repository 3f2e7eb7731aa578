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
        guard let mark = queryMark else { return target[...] }
        return target[..<mark]
    }

    /// The part of the target after `?`; nil when there is none.
    package var query: Substring? {
        guard let mark = queryMark else { return nil }
        return target[target.utf8.index(after: mark)...]
    }

    /// Where the `?` stands.
    private var queryMark: String.Index? {
        let bytes = target.utf8Span.span
        for offset in bytes.indices where bytes[offset] == UInt8(ascii: "?") {
            return target.utf8.index(target.utf8.startIndex, offsetBy: offset)
        }
        return nil
    }

    /// The path's segments, percent-decoded; nil when an escape is broken.
    /// `/a/b%20c/` gives `["a", "b c", ""]`.
    package var pathSegments: [String]? {
        let bytes = Array(path.utf8)
        var segments: [String] = []
        segments.reserveCapacity(8)
        // What stands before the first slash is no segment.
        var start = (bytes.firstIndex(of: UInt8(ascii: "/")) ?? bytes.count) + 1
        while start <= bytes.count {
            var end = start
            while end < bytes.count, bytes[end] != UInt8(ascii: "/") { end += 1 }
            guard let segment = PercentCoding.decode(bytes[start..<end], plusIsSpace: false) else {
                return nil
            }
            segments.append(segment)
            start = end + 1
        }
        return segments
    }
}
