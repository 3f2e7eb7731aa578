import SimCore

/// Text made safe for the places of a page.
enum PageText {
    /// For element content and quoted attributes.
    static func escaped(_ text: String) -> String {
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
    static func script(_ value: JSONValue) -> String {
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
    static func path(_ segment: String) -> String { PercentCoding.encode(segment) }

    /// Address of a page's form.
    static func action(_ segment: String, _ form: IdentityRoute.SignInForm) -> String {
        let path: String =
            switch form {
            case .credentials: "login"
            case .accountChoice: "reprocess"
            case .passwordChange: "changepassword"
            case .secondFactor: "SAS/ProcessAuth"
            case .enrolment: "proofup"
            case .termsOfUse: "tou"
            case .staySignedIn: "kmsi"
            case .consent: "Consent/Set"
            case .deviceConfirmation: "oauth2/deviceauth/confirm"
            }
        return "/\(PercentCoding.encode(segment))/\(path)"
    }
}
