import SimCore
import SimHTTP

/// What tells the answer of one exchange from that of another.
struct ExchangeMarks: Sendable {
    let now: Timestamp
    let traceID: GUID
    let correlationID: GUID
    let host: AnsweringHost
    /// The browser's; nil where it has none.
    let binding: BrowserBinding?
}

/// Field lines that are the same in every answer but for two identifiers, whose places are marked
/// with `#`. The text is a literal: copying it counts no references, which loops would fight for.
struct IdentifierLines: Sendable {
    fileprivate let text: String
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

/// The line of the cookie that lives on, `fpc`: the same but for 16 bytes of chance and a date.
struct LastingCookieLine: Sendable {
    static let lifetime: Duration = .days(30)

    fileprivate let text: String
    private let valueOffset: Int
    private let expiryOffset: Int

    init(_ text: String) {
        self.text = text
        let marks = PlaceMarks.offsets(in: text)
        valueOffset = marks.first ?? 0
        expiryOffset = marks.last ?? 0
    }

    /// - Parameter now: it lives on from then.
    func append(to headers: inout HTTPHeaders, _ cookie: RandomBlock, at now: Timestamp) {
        let start = headers.lines.count
        headers.append(prepared: text)
        headers.fill { bytes in
            Base64.urlWrite(cookie, to: &bytes, at: start + valueOffset)
            (now + Self.lifetime).writeCookieDate(to: &bytes, at: start + expiryOffset)
        }
    }
}

/// The line of a new `esctx` at a shared host: the same but for 16 bytes.
struct BindingCookieLine: Sendable {
    fileprivate let text: String
    private let valueOffset: Int

    init(_ text: String) {
        self.text = text
        valueOffset = PlaceMarks.offsets(in: text).first ?? 0
    }

    func append(to headers: inout HTTPHeaders, _ block: RandomBlock) {
        let start = headers.lines.count
        headers.append(prepared: text)
        headers.fill { Base64.urlWrite(block, to: &$0, at: start + valueOffset) }
    }
}

extension HTTPHeaders {
    /// The lines with their places still marked.
    mutating func append(pattern lines: IdentifierLines) { append(prepared: lines.text) }

    /// The line with its places still marked.
    mutating func append(pattern line: LastingCookieLine) { append(prepared: line.text) }

    /// The line with its place still marked.
    mutating func append(pattern line: BindingCookieLine) { append(prepared: line.text) }
}

/// Where runs of `#` begin.
enum PlaceMarks {
    static func offsets(in text: String) -> [Int] { offsets(in: Array(text.utf8)[...]) }

    static func offsets(in bytes: ArraySlice<UInt8>) -> [Int] {
        bytes.indices.filter {
            bytes[$0] == UInt8(ascii: "#")
                && ($0 == bytes.startIndex || bytes[$0 - 1] != UInt8(ascii: "#"))
        }
    }
}
