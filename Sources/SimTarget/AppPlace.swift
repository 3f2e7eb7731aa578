import SimHTTP

/// What of an app a path means.
enum AppPlace: Hashable {
    /// The segments below the SCIM base, empty ones left out.
    case scim([String])
    /// The token endpoint.
    case token(OAuthConfiguration)
    /// The segments below the app; empty for the page itself.
    case team([String])
    /// The app's path without its last slash, which relative links need.
    case slashMissing
    case nowhere

    init(_ request: HTTPRequest, _ configuration: SampleAppConfiguration) {
        guard let all = request.pathSegments, all.count >= 2, all[0] == "apps",
            all[1] == configuration.name
        else {
            self = .nowhere
            return
        }
        guard all.count > 2 else {
            self = .slashMissing
            return
        }
        let rest = all.dropFirst(2).filter { !$0.isEmpty }
        let base = configuration.scimPath.split(separator: "/").map(String.init)
        if rest.starts(with: base) {
            self = .scim(Array(rest.dropFirst(base.count)))
        } else if let oauth = configuration.oauth,
            rest.elementsEqual(oauth.path.split(separator: "/").lazy.map(String.init))
        {
            self = .token(oauth)
        } else {
            self = .team(Array(rest))
        }
    }
}
