// A text inside a text, compared byte by byte. The standard library's own search knows regular
// expressions: one use of it links their whole engine, a megabyte of program that is never run.

extension String {
    /// Whether `text` occurs in it; the empty text always does.
    package func contains(text: String) -> Bool { firstRange(ofText: text) != nil }

    /// Where `text` occurs first.
    package func firstRange(ofText text: String) -> Range<Index>? {
        self[...].firstRange(ofText: text)
    }

    /// A copy with the first `limit` occurrences of `text` exchanged, from left to right; what was
    /// put in is not searched again. The empty text is never exchanged.
    package func replacing(
        text: String, with replacement: String, limit: Int = .max
    ) -> String {
        var (out, rest, count) = ("", self[...], 0)
        while count < limit, !text.isEmpty, let found = rest.firstRange(ofText: text) {
            out += rest[..<found.lowerBound]
            out += replacement
            rest = rest[found.upperBound...]
            count += 1
        }
        return out + rest
    }
}

extension Substring {
    /// Whether `text` occurs in it; the empty text always does.
    package func contains(text: String) -> Bool { firstRange(ofText: text) != nil }

    /// Where `text` occurs first.
    package func firstRange(ofText text: String) -> Range<Index>? {
        guard let offset = utf8.span.firstOffset(of: text.utf8.span) else { return nil }
        let start = utf8.index(startIndex, offsetBy: offset)
        return start..<utf8.index(start, offsetBy: text.utf8.count)
    }
}

extension ArraySlice<UInt8> {
    /// Where the bytes of `text` occur first.
    package func firstRange(ofText text: String) -> Range<Int>? {
        guard let offset = span.firstOffset(of: text.utf8.span) else { return nil }
        return (startIndex + offset)..<(startIndex + offset + text.utf8.count)
    }
}

extension Span<UInt8> {
    /// How many bytes stand before the first occurrence of `wanted`; no bytes are found at once.
    fileprivate func firstOffset(of wanted: Span<UInt8>) -> Int? {
        var offset = 0
        while offset + wanted.count <= count {
            var same = 0
            while same < wanted.count, self[offset + same] == wanted[same] { same += 1 }
            if same == wanted.count { return offset }
            offset += 1
        }
        return nil
    }
}
