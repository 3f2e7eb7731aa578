/// How a message breaks HTTP/1.1, with the status a server answers before it closes.
package enum HTTPProtocolError: Error, Hashable, CaseIterable, Sendable {
    case malformedRequestLine
    case invalidTarget
    case unsupportedMethod
    case unsupportedVersion
    case startLineTooLong
    case lineWithoutCarriageReturn
    case malformedHeaderField
    case foldedHeaderField
    case whitespaceBeforeColon
    case invalidHeaderValue
    case headerFieldTooLong
    case tooManyHeaderFields
    case headerSectionTooLarge
    case missingHost
    case duplicateHost
    case invalidHost
    case invalidContentLength
    case conflictingContentLengths
    case contentLengthWithTransferEncoding
    case transferEncodingInHTTP10
    case transferEncodingNotChunkedLast
    case unsupportedTransferCoding
    case unknownExpectation
    case bodyTooLarge
    case malformedChunk
    case requestTimeout
    case malformedStatusLine
    case unexpectedEnd

    /// The status of the answer. RFC 9110 §15.5, §15.6; RFC 6585 §5.
    package var status: Int {
        switch self {
        case .startLineTooLong: 414
        case .headerFieldTooLong, .tooManyHeaderFields, .headerSectionTooLarge: 431
        case .bodyTooLarge: 413
        case .unknownExpectation: 417
        case .requestTimeout: 408
        case .unsupportedMethod, .unsupportedTransferCoding: 501
        case .unsupportedVersion: 505
        case .malformedRequestLine, .invalidTarget, .lineWithoutCarriageReturn,
            .malformedHeaderField, .foldedHeaderField, .whitespaceBeforeColon, .invalidHeaderValue,
            .missingHost, .duplicateHost, .invalidHost, .invalidContentLength,
            .conflictingContentLengths, .contentLengthWithTransferEncoding,
            .transferEncodingInHTTP10, .transferEncodingNotChunkedLast, .malformedChunk:
            400
        case .malformedStatusLine, .unexpectedEnd: 502
        }
    }

    /// One sentence for people: the body of the answer, or the reason of a client failure.
    package var reason: String {
        switch self {
        case .malformedRequestLine: "the request line is not 'METHOD target HTTP/1.1'"
        case .invalidTarget: "the request target is not a path, '*' or an http(s) URL"
        case .unsupportedMethod: "CONNECT is not supported"
        case .unsupportedVersion: "only HTTP/1.1 and HTTP/1.0 are supported"
        case .startLineTooLong: "the first line is too long"
        case .lineWithoutCarriageReturn: "a line ends without a carriage return"
        case .malformedHeaderField: "a header field is not 'name: value'"
        case .foldedHeaderField: "a header field is folded over two lines"
        case .whitespaceBeforeColon: "a header field name is followed by white space"
        case .invalidHeaderValue: "a header field value has a control character"
        case .headerFieldTooLong: "a header field is too long"
        case .tooManyHeaderFields: "there are too many header fields"
        case .headerSectionTooLarge: "the header fields together are too large"
        case .missingHost: "the Host header field is missing"
        case .duplicateHost: "there is more than one Host header field"
        case .invalidHost: "the Host header field is not a host name with an optional port"
        case .invalidContentLength: "Content-Length is not a number"
        case .conflictingContentLengths: "Content-Length is given twice with different values"
        case .contentLengthWithTransferEncoding:
            "Content-Length and Transfer-Encoding are given together"
        case .transferEncodingInHTTP10: "Transfer-Encoding is not part of HTTP/1.0"
        case .transferEncodingNotChunkedLast: "the last transfer coding is not 'chunked'"
        case .unsupportedTransferCoding: "the only transfer coding supported is 'chunked'"
        case .unknownExpectation: "the only expectation supported is '100-continue'"
        case .bodyTooLarge: "the body is too large"
        case .malformedChunk: "a chunk of the body is malformed"
        case .requestTimeout: "the request did not arrive in time"
        case .malformedStatusLine: "the status line is not 'HTTP/1.1 nnn text'"
        case .unexpectedEnd: "the connection ended inside the message"
        }
    }
}
