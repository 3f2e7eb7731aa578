import SimCore

/// Text made safe for the places of a page.
package enum PageText {
    /// For element content and quoted attributes.
    package static func escaped(_ text: String) -> String {
        var out: [UInt8] = []
        out.reserveCapacity(text.utf8.count + 16)
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "&"): out += Array("&amp;".utf8)
            case UInt8(ascii: "<"): out += Array("&lt;".utf8)
            case UInt8(ascii: ">"): out += Array("&gt;".utf8)
            case UInt8(ascii: "\""): out += Array("&quot;".utf8)
            case UInt8(ascii: "'"): out += Array("&#39;".utf8)
            case 0..<32 where byte != 9 && byte != 10 && byte != 13: break
            default: out.append(byte)
            }
        }
        return String(decoding: out, as: UTF8.self)
    }

    /// JSON that can stand inside a script element: nothing in it ends or opens markup.
    package static func script(_ value: JSONValue) -> String {
        var out = ""
        for character in value.text.unicodeScalars {
            switch character {
            case "<": out += "\\u003c"
            case ">": out += "\\u003e"
            case "&": out += "\\u0026"
            case "\u{2028}": out += "\\u2028"
            case "\u{2029}": out += "\\u2029"
            default: out.unicodeScalars.append(character)
            }
        }
        return out
    }

    /// A path segment as it came, made safe for an address.
    package static func path(_ segment: String) -> String { PercentCoding.encode(segment) }

    /// Longest name, in bytes, that needs no break on a narrow page.
    private static let unbrokenLength = 28

    /// A user name; a long one with places where a line may break.
    package static func breakable(_ name: String) -> String {
        guard name.utf8.count > unbrokenLength else { return escaped(name) }
        var out = ""
        for character in name {
            out += escaped(String(character))
            if "@._-/#".contains(character) { out += "<wbr>" }
        }
        return out
    }
}
