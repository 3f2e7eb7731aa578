/// An IPv4 or IPv6 address. RFC 4291 §2.2; an IPv4 address in IPv6 clothes is the IPv4 one.
package struct IPAddress: Hashable, Sendable {
    /// 4 or 16 bytes, most significant first.
    package let bytes: [UInt8]

    /// nil for a text that is no address.
    package init?(_ text: String) {
        guard let bytes = text.contains(":") ? Self.sixteen(text) : Self.four(text) else {
            return nil
        }
        let mapped: [UInt8] = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 255, 255]
        self.bytes = bytes.starts(with: mapped) ? Array(bytes.dropFirst(12)) : bytes
    }

    private static func four(_ text: some StringProtocol) -> [UInt8]? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 4 else { return nil }
        var bytes: [UInt8] = []
        for part in parts {
            guard (1...3).contains(part.utf8.count), part.utf8.allSatisfy({ 48...57 ~= $0 }),
                part.utf8.count == 1 || part.first != "0", let byte = UInt8(part)
            else { return nil }
            bytes.append(byte)
        }
        return bytes
    }

    private static func sixteen(_ text: String) -> [UInt8]? {
        // At most one `::`, which stands for at least one group of zeros.
        let utf8 = Array(text.utf8)
        var gap: Int?
        for index in utf8.indices.dropLast() where utf8[index] == 58 && utf8[index + 1] == 58 {
            guard gap == nil else { return nil }
            gap = index
        }
        guard let gap else {
            let all = groups(text[...])
            return all?.count == 16 ? all : nil
        }
        let head = String(decoding: utf8[..<gap], as: UTF8.self)
        let tail = String(decoding: utf8[(gap + 2)...], as: UTF8.self)
        guard let left = head.isEmpty ? [] : groups(head[...], mayEndDotted: false),
            let right = tail.isEmpty ? [] : groups(tail[...]), left.count + right.count <= 14
        else { return nil }
        return left + [UInt8](repeating: 0, count: 16 - left.count - right.count) + right
    }

    private static func groups(_ text: Substring, mayEndDotted: Bool = true) -> [UInt8]? {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        var bytes: [UInt8] = []
        for (index, part) in parts.enumerated() {
            if mayEndDotted, index == parts.count - 1, part.contains(".") {
                guard let last = four(part) else { return nil }
                bytes += last
            } else {
                guard (1...4).contains(part.utf8.count), part.allSatisfy(\.isHexDigit),
                    let group = UInt16(part, radix: 16)
                else { return nil }
                bytes += [UInt8(group >> 8), UInt8(group & 255)]
            }
        }
        return bytes.count <= 16 ? bytes : nil
    }
}

/// A block of addresses, `203.0.113.0/24` or `2001:db8::/32`. RFC 4632 §3.1.
package struct AddressRange: Hashable, Sendable {
    /// As written.
    package let text: String
    private let base: [UInt8]
    private let prefixLength: Int

    /// nil for a text that is no block.
    package init?(_ text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, let address = IPAddress(String(parts[0])),
            let length = Int(parts[1]), (0...address.bytes.count * 8).contains(length)
        else { return nil }
        self.text = text
        base = address.bytes
        prefixLength = length
    }

    package var isVersion4: Bool { base.count == 4 }

    package func contains(_ address: IPAddress) -> Bool {
        guard address.bytes.count == base.count else { return false }
        let whole = prefixLength / 8
        guard address.bytes[..<whole] == base[..<whole] else { return false }
        let rest = prefixLength % 8
        guard rest > 0 else { return true }
        let mask = UInt8(truncatingIfNeeded: 0xFF00 >> rest)
        return address.bytes[whole] & mask == base[whole] & mask
    }
}
