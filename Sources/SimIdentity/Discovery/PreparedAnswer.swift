import SimCore
import SimHTTP

/// A published document as the whole answer it leaves in, with places for what differs each time:
/// for clients that know us by a shared name such as `localhost` and have no `esctx` yet.
package struct PreparedAnswer: Sendable {
    /// What one answer has that no other has.
    package struct Marks: Hashable, Sendable {
        package let at: Timestamp
        package let traceID: GUID
        package let correlationID: GUID
        package let cookie: RandomBlock
    }

    /// The target it answers, as spelled here.
    package let target: String
    /// Holds until some tenant rolls over its keys.
    package let isKeyDocument: Bool
    package let body: [UInt8]
    /// Status line, fields and body.
    fileprivate let bytes: [UInt8]
    fileprivate let places: Places

    /// Where the marks go.
    fileprivate struct Places {
        let date: Int
        let traceID: Int
        let correlationID: Int
        let cookie: Int
        let expiry: Int
        let binding: Int
    }

    init?(target: String, isKeyDocument: Bool, body: [UInt8]) {
        self.target = target
        self.isKeyDocument = isKeyDocument
        self.body = body
        var bytes: [UInt8] = []
        do throws(UnsendableHeader) {
            try HTTPSerializer.append(
                HTTPResponse(status: 200, headers: ServiceHeaders.publishedPattern, body: body),
                to: &bytes,
                date: [UInt8](repeating: UInt8(ascii: "#"), count: Timestamp.httpDateLength))
        } catch {
            return nil
        }
        let marks = PlaceMarks.offsets(in: bytes.dropLast(body.count))
        // Of the five groups of an identifier each is a run of its own.
        guard marks.count == 14 else { return nil }
        self.bytes = bytes
        places = Places(
            date: marks[0], traceID: marks[1], correlationID: marks[6], cookie: marks[11],
            expiry: marks[12], binding: marks[13])
    }

    /// The same answer as a value: what a handler would have returned.
    package func response(_ marks: Marks) -> HTTPResponse {
        let exchange = ExchangeMarks(
            now: marks.at, traceID: marks.traceID, correlationID: marks.correlationID,
            host: .shared, binding: nil)
        return HTTPResponse(
            status: 200, headers: ServiceHeaders.published(exchange, cookie: marks.cookie),
            body: body)
    }
}

/// A prepared answer with memory of its own, for one loop: it shares no reference counts with
/// others, and keeps the dates of the current second in place.
package final class LoopAnswer {
    package let isKeyDocument: Bool
    private let target: String
    private let places: PreparedAnswer.Places
    /// Shared with the other loops until the first request for it: writing its dates copies it.
    private var bytes: [UInt8]
    /// The second whose dates stand in `bytes`.
    private var second = Int64.min

    package init(_ answer: PreparedAnswer) {
        isKeyDocument = answer.isKeyDocument
        target = String(decoding: Array(answer.target.utf8), as: UTF8.self)
        places = answer.places
        bytes = answer.bytes
    }

    /// Whether a request for this target stands there.
    package func isAsked(in bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
        let wanted = target.utf8Span.span
        guard wanted.count == range.count else { return false }
        // From the end: what documents have in common stands in front.
        var index = wanted.count - 1
        while index >= 0, wanted[index] == bytes[range.lowerBound + index] { index -= 1 }
        return index < 0
    }

    /// Appends the answer.
    package func append(to output: inout [UInt8], _ marks: PreparedAnswer.Marks) {
        if marks.at.seconds != second { writeDates(marks.at) }
        let start = output.count
        output.append(contentsOf: bytes)
        var span = output.mutableSpan
        marks.traceID.write(to: &span, at: start + places.traceID)
        marks.correlationID.write(to: &span, at: start + places.correlationID)
        Base64.urlWrite(marks.cookie, to: &span, at: start + places.cookie)
        Base64.urlWrite(
            BrowserBinding.block(beside: marks.cookie), to: &span, at: start + places.binding)
    }

    private func writeDates(_ now: Timestamp) {
        second = now.seconds
        var dated = bytes
        var span = dated.mutableSpan
        now.writeHTTPDate(to: &span, at: places.date)
        (now + LastingCookieLine.lifetime).writeCookieDate(to: &span, at: places.expiry)
        bytes = dated
    }
}

extension IdentityPlatform {
    /// What distinguishes the next published answer.
    ///
    /// - Parameter asked: the request's `client-request-id`.
    package func publishedMarks(asked: GUID?, now: Timestamp) -> PreparedAnswer.Marks {
        let marks = Exchange.marks(
            asked: asked, host: .shared, binding: nil, at: now, self)
        return PreparedAnswer.Marks(
            at: now, traceID: marks.traceID, correlationID: marks.correlationID,
            cookie: cookieBytes())
    }
}
