/// Names that every server of a developer's machine shares. A browser that heard "HTTPS only" from
/// one of them would hold all of them to it, for a year.
package enum SharedHost {
    /// - Parameter host: a `Host` field; nil where there is none.
    static func isShared(_ host: String?) -> Bool {
        guard let host else { return true }
        return isShared(host.utf8Span.span)
    }

    /// The same of a field's value as received.
    package static func isShared(_ host: Span<UInt8>) -> Bool {
        var end = 0
        while end < host.count, host[end] != UInt8(ascii: ":") { end += 1 }
        // An IPv6 address.
        if end == 0 || host[0] == UInt8(ascii: "[") { return true }
        return equals(host, end, "localhost") || equals(host, end, "127.0.0.1")
            || (end > 10 && ends(host, end, ".localhost"))
    }

    private static func equals(_ host: Span<UInt8>, _ end: Int, _ name: String) -> Bool {
        end == name.utf8.count && ends(host, end, name)
    }

    /// In any case.
    private static func ends(_ host: Span<UInt8>, _ end: Int, _ name: String) -> Bool {
        let name = name.utf8Span.span
        for index in name.indices {
            let byte = host[end - name.count + index]
            let isLetter = byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z")
            guard (isLetter ? byte | 0x20 : byte) == name[index] else { return false }
        }
        return true
    }
}
