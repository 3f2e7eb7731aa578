import SimCore
import SimHTTP

/// What tells the answer of one exchange from that of another.
struct ExchangeMarks: Sendable {
    let now: Timestamp
    let traceID: GUID
    let correlationID: GUID
}

/// Field lines that are the same in every answer but for two identifiers, whose places are marked
/// with `#`. The text is a literal: copying it counts no references, which loops would fight for.
struct IdentifierLines: Sendable {
    private let text: String
    private let traceOffset: Int
    private let correlationOffset: Int

    init(_ text: String) {
        self.text = text
        let marks = PlaceMarks.offsets(in: text)
        traceOffset = marks.first ?? 0
        correlationOffset = marks.last.map { $0 - 24 } ?? 0
    }

    func append(to headers: inout HTTPHeaders, _ marks: ExchangeMarks) {
        let start = headers.lines.count
        headers.append(prepared: text)
        headers.fill { bytes in
            marks.traceID.write(to: &bytes, at: start + traceOffset)
            marks.correlationID.write(to: &bytes, at: start + correlationOffset)
        }
    }
}

/// The cookies every answer sets: the same but for 16 bytes of chance and a date.
struct CookieLines: Sendable {
    private let text: String
    private let valueOffset: Int
    private let expiryOffset: Int

    init(_ text: String) {
        self.text = text
        let marks = PlaceMarks.offsets(in: text)
        valueOffset = marks.first ?? 0
        expiryOffset = marks.last ?? 0
    }

    /// - Parameter now: the long-lived one lives thirty days from then.
    func append(to headers: inout HTTPHeaders, _ cookie: RandomBlock, at now: Timestamp) {
        let start = headers.lines.count
        headers.append(prepared: text)
        headers.fill { bytes in
            Base64.urlWrite(cookie, to: &bytes, at: start + valueOffset)
            (now + .days(30)).writeCookieDate(to: &bytes, at: start + expiryOffset)
        }
    }
}

/// Where runs of `#` begin.
private enum PlaceMarks {
    static func offsets(in text: String) -> [Int] {
        let bytes = Array(text.utf8)
        return bytes.indices.filter {
            bytes[$0] == UInt8(ascii: "#") && ($0 == 0 || bytes[$0 - 1] != UInt8(ascii: "#"))
        }
    }
}
