import SimCore
import SimDirectory
import SimErrors

/// The `claims` parameter: what a client asks its tokens to say. OpenID Connect Core §5.5;
/// identity-platform.md §8.4, §8.5.
struct ClaimsRequest: Hashable, Sendable {
    /// As sent, for a code to remember; nil when nothing was asked.
    let text: String?
    /// `xms_cc`: what the client can handle, spelled as sent.
    let clientCapabilities: [String]
    /// Authentication contexts wanted in the access token, and in the ID token.
    let accessContexts: [String]
    let identityContexts: [String]
    /// `auth_time` is wanted in the ID token.
    let wantsAuthenticationTime: Bool

    static let none = ClaimsRequest()

    private init() {
        text = nil
        clientCapabilities = []
        accessContexts = []
        identityContexts = []
        wantsAuthenticationTime = false
    }

    /// Refuses what is not a JSON object (90100); members it does not know mean nothing to it.
    init(_ text: String?) throws(AADSTSError) {
        guard let text, !text.isEmpty else {
            self = .none
            return
        }
        let root: JSONValue
        do { root = try JSONValue(parsing: text) } catch { throw .invalidParameter("claims") }
        guard root.objectValue != nil else { throw .invalidParameter("claims") }
        self.text = text
        let access = root["access_token"]
        let identity = root["id_token"]
        clientCapabilities = Self.values(access?["xms_cc"])
        accessContexts = Self.contexts(access)
        identityContexts = Self.contexts(identity)
        wantsAuthenticationTime =
            identity?.objectValue?.members.contains { $0.name == "auth_time" } == true
    }

    private static func contexts(_ token: JSONValue?) -> [String] {
        values(token?["acrs"]).filter { AccessConditions.isAuthenticationContext($0) }
    }

    /// `{"value":…}` or `{"values":[…]}`.
    private static func values(_ request: JSONValue?) -> [String] {
        if let value = request?["value"]?.stringValue { return [value] }
        return request?["values"]?.arrayValue?.compactMap(\.stringValue) ?? []
    }
}
