import SimCore
import SimHTTP

/// What ties the pages of a sign-in to one browser: the value of its `esctx` cookie.
///
/// Public documents and pages set it; a browser that has one keeps it, so that reading a document
/// spoils no page that is open beside it. identity-platform.md §1.1, aadsts.md §1.3, §3.
package struct BrowserBinding: Hashable, Sendable {
    package static let cookieName = "esctx"
    /// What every value begins with, as the service's does.
    private static let prefix = "AQABAAAA"

    let text: String

    init(_ block: RandomBlock) {
        text = Self.prefix + Base64.urlEncode(block)
    }

    /// One this service may have set; nil for every other text.
    init?(cookie text: String) {
        guard text.utf8.count == Self.prefix.utf8.count + Base64.blockLength,
            text.hasPrefix(Self.prefix), Base64.urlDecode(text.dropFirst(Self.prefix.count)) != nil
        else { return nil }
        self.text = text
    }

    /// The browser's own.
    init?(_ cookies: RequestCookies) {
        guard let text = cookies[Self.cookieName] else { return nil }
        self.init(cookie: text)
    }

    /// Of a new binding in an answer that sets this `fpc`. Without a draw of its own, because a
    /// published document is answered in less time than one takes: who sees one sees the other.
    static func block(beside cookie: RandomBlock) -> RandomBlock {
        var (high, low) = (SplitMix64(state: cookie.high), SplitMix64(state: cookie.low))
        return RandomBlock(high: high.next(), low: low.next())
    }

    /// The value of a `Set-Cookie` field.
    static func field(_ text: String, _ host: AnsweringHost) -> String {
        SetCookie(name: cookieName, value: text, domain: host.cookieDomain).headerValue
    }
}
