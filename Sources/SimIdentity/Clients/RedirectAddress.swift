import SimCore
import SimDirectory

/// A redirect URI taken apart, and the rules by which two are the same.
/// Source: identity-platform.md §5.4.
struct RedirectAddress: Hashable, Sendable {
    private let scheme: String
    private let host: String
    private let port: String
    private let rest: String

    /// nil unless `text` is an absolute URI in printable ASCII.
    init?(_ text: String) {
        guard text.utf8.allSatisfy({ 0x21...0x7E ~= $0 }),
            let colon = text.firstIndex(of: ":"), Self.isScheme(text[..<colon])
        else { return nil }
        scheme = text[..<colon].lowercased()
        let after = text[text.index(after: colon)...]
        guard after.hasPrefix("//") else {
            guard !after.isEmpty, scheme != "http", scheme != "https" else { return nil }
            host = ""
            port = ""
            rest = String(after)
            return
        }
        let authorityAndRest = after.dropFirst(2)
        let end = authorityAndRest.firstIndex { "/?#".contains($0) } ?? authorityAndRest.endIndex
        let authority = authorityAndRest[..<end]
        guard !authority.isEmpty, !authority.contains("@"), !authority.contains("%") else {
            return nil
        }
        let parts = authority.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        host = parts[0].lowercased()
        port = parts.count > 1 ? String(parts[1]) : ""
        guard port.utf8.allSatisfy({ 48...57 ~= $0 }), !host.isEmpty else { return nil }
        let tail = String(authorityAndRest[end...])
        rest = tail.isEmpty ? "/" : tail
    }

    private static func isScheme(_ text: Substring) -> Bool {
        guard let first = text.utf8.first, 65...90 ~= first || 97...122 ~= first else {
            return false
        }
        return text.utf8.allSatisfy {
            48...57 ~= $0 || 65...90 ~= $0 || 97...122 ~= $0 || $0 == UInt8(ascii: "+")
                || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: ".")
        }
    }

    /// A web address that anybody on the way can read.
    var isInsecure: Bool { scheme == "http" && !isLoopback }

    private var isLoopback: Bool { host == "localhost" || host == "127.0.0.1" }

    /// Scheme and host without case, path with it; on loopback hosts the port does not count.
    func matches(_ registered: RedirectAddress) -> Bool {
        scheme == registered.scheme && host == registered.host && rest == registered.rest
            && (port == registered.port || isLoopback)
    }
}

extension AppRegistration {
    /// The registered URI that `uri` stands for: the first match in the order web, spa,
    /// publicClient; nil when none matches.
    func redirectURI(matching uri: String) -> RedirectURI? {
        guard let asked = RedirectAddress(uri) else { return nil }
        for platform in Platform.allCases {
            for candidate in redirectURIs where candidate.platform == platform {
                if let address = RedirectAddress(candidate.uri), asked.matches(address) {
                    return candidate
                }
            }
        }
        return nil
    }
}
