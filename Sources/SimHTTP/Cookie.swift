import SimCore

/// One `name=value` of a `Cookie` field. RFC 6265 §4.2.
package struct Cookie: Hashable, Sendable {
    package let name: String
    package let value: String

    package init(name: String, value: String) {
        self.name = name
        self.value = value
    }

    /// The pairs of a `Cookie` field's value in order; a piece without `=` is skipped, quotes
    /// around a value are dropped.
    package static func parse(_ field: String) -> [Cookie] {
        field.utf8.split(separator: UInt8(ascii: ";")).compactMap { piece in
            let pair = piece.drop { $0 == 0x20 || $0 == 0x09 }
            guard let mark = pair.firstIndex(of: UInt8(ascii: "=")) else { return nil }
            var value = pair[pair.index(after: mark)...]
            while let last = value.last, last == 0x20 || last == 0x09 { value.removeLast() }
            if value.count >= 2, value.first == 0x22, value.last == 0x22 {
                value = value.dropFirst().dropLast()
            }
            let name = String(Substring(pair[..<mark]))
            return name.isEmpty ? nil : Cookie(name: name, value: String(Substring(value)))
        }
    }
}

extension HTTPRequest {
    /// The cookies of every `Cookie` field, in order.
    package var cookies: [Cookie] {
        headers.values("Cookie").flatMap(Cookie.parse)
    }

    /// The value of the first cookie of that name; names are compared with case. RFC 6265 §5.4.
    package func cookie(_ name: String) -> String? {
        cookies.first { $0.name == name }?.value
    }
}

/// The value of a `Set-Cookie` field. RFC 6265 §4.1.
package struct SetCookie: Hashable, Sendable {
    package enum SameSite: String, CaseIterable, Sendable {
        case none = "None"
        case lax = "Lax"
        case strict = "Strict"
    }

    /// How the sign-in service spells the flags. Source: identity-platform.md, sample answers [W].
    package enum Spelling: Sendable {
        /// `secure; HttpOnly; SameSite=None`
        case signIn
        /// `secure; samesite=none; httponly`
        case gateway
    }

    package var name: String
    package var value: String
    package var expires: Timestamp?
    package var domain: String?
    package var path: String
    package var isSecure: Bool
    package var isHTTPOnly: Bool
    package var sameSite: SameSite?
    package var spelling: Spelling

    package init(
        name: String, value: String, expires: Timestamp? = nil, domain: String? = nil,
        path: String = "/", isSecure: Bool = true, isHTTPOnly: Bool = true,
        sameSite: SameSite? = SameSite.none, spelling: Spelling = .signIn
    ) {
        self.name = name
        self.value = value
        self.expires = expires
        self.domain = domain
        self.path = path
        self.isSecure = isSecure
        self.isHTTPOnly = isHTTPOnly
        self.sameSite = sameSite
        self.spelling = spelling
    }

    /// A cookie that makes the browser forget `name`.
    package static func expired(_ name: String, path: String = "/") -> SetCookie {
        SetCookie(name: name, value: "", expires: .epoch, path: path)
    }

    /// `name=value; expires=…; domain=…; path=/; secure; HttpOnly; SameSite=None`
    package var headerValue: String {
        var text = name + "=" + value
        if let expires { text += "; expires=" + expires.cookieDate }
        if let domain { text += "; domain=" + domain }
        text += "; path=" + path
        if isSecure { text += "; secure" }
        switch spelling {
        case .signIn:
            if isHTTPOnly { text += "; HttpOnly" }
            if let sameSite { text += "; SameSite=" + sameSite.rawValue }
        case .gateway:
            if let sameSite { text += "; samesite=" + sameSite.rawValue.lowercased() }
            if isHTTPOnly { text += "; httponly" }
        }
        return text
    }
}

extension HTTPHeaders {
    package mutating func append(_ cookie: SetCookie) {
        append("Set-Cookie", cookie.headerValue)
    }
}
