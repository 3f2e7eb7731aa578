/// Bytes received and not yet consumed, read line by line or by count.
///
/// A line is searched once: what has been looked at is not looked at again when more arrives.
struct InputBuffer: Sendable {
    /// A buffer emptied of its content gives its memory back above this many bytes.
    private static let keptCapacity = 2_048
    /// Consumed bytes are moved out of the way above this many.
    private static let compactionBytes = 32 * 1_024

    private(set) var bytes: [UInt8] = []
    private(set) var position = 0
    private var scanned = 0

    var available: Int { bytes.count - position }
    var firstByte: UInt8? { position < bytes.count ? bytes[position] : nil }

    mutating func append(_ chunk: ArraySlice<UInt8>) {
        if position == bytes.count {
            release()
        } else if position >= Self.compactionBytes {
            bytes.removeSubrange(..<position)
            scanned -= position
            position = 0
        }
        bytes.append(contentsOf: chunk)
    }

    /// The range of the next line without its CRLF, consumed; nil while it is incomplete.
    ///
    /// Lines end with CRLF; a lone LF, which RFC 9112 §2.2 merely allows, is refused, because two
    /// parsers that disagree about it can be played against each other.
    mutating func takeLine(
        limit: Int, tooLong: HTTPProtocolError
    ) throws(HTTPProtocolError) -> Range<Int>? {
        let found = Self.lineFeed(in: bytes.span, from: scanned)
        guard let found else {
            scanned = bytes.count
            guard available <= limit + 1 else { throw tooLong }
            return nil
        }
        // Too long comes first, as it does when the end of the line has not arrived yet.
        guard found - position <= limit + 1 else { throw tooLong }
        guard found > position, bytes[found - 1] == 13 else { throw .lineWithoutCarriageReturn }
        let line = position..<found - 1
        position = found + 1
        scanned = position
        return line
    }

    /// Up to `count` bytes, consumed.
    mutating func take(_ count: Int) -> ArraySlice<UInt8> {
        let end = position + min(count, available)
        let slice = bytes[position..<end]
        position = end
        scanned = end
        return slice
    }

    func text(_ range: Range<Int>) -> String {
        String(decoding: bytes[range], as: UTF8.self)
    }

    /// Forgets everything consumed when nothing else is left.
    mutating func release() {
        guard position == bytes.count else { return }
        if bytes.capacity > Self.keptCapacity {
            bytes = []
        } else {
            bytes.removeAll(keepingCapacity: true)
        }
        position = 0
        scanned = 0
    }

    private static func lineFeed(in bytes: Span<UInt8>, from start: Int) -> Int? {
        var index = start
        while index < bytes.count {
            if bytes[index] == 10 { return index }
            index += 1
        }
        return nil
    }
}
