/// The name a request asked for the service by, as far as its answer depends on it.
struct AnsweringHost: Hashable, Sendable {
    /// Asked for by a name that a browser must not hold to HTTPS.
    let isShared: Bool
    /// `.login.contoso.example`: the `domain` of cookies that are for the whole host. nil for
    /// shared names, addresses and names of one label, which no cookie may name (RFC 6265 §5.3),
    /// and for names that are not the service's: what a stranger wrote is not repeated.
    let cookieDomain: String?

    static let shared = AnsweringHost(isShared: true, cookieDomain: nil)

    private init(isShared: Bool, cookieDomain: String?) {
        self.isShared = isShared
        self.cookieDomain = cookieDomain
    }

    /// - Parameter field: a `Host` field; nil where there is none.
    init(_ field: String?, of platform: IdentityPlatform) {
        guard let field, !SharedHost.isShared(field) else {
            self = .shared
            return
        }
        let name = field.prefix { $0 != ":" }.lowercased()
        // The last label of an address is a number.
        let hasDomain =
            platform.answers(to: name) && name.contains(".")
            && name.split(separator: ".").last?.first?.isLetter == true
        self.init(isShared: false, cookieDomain: hasDomain ? "." + name : nil)
    }
}
