import SimCore
import SimCrypto
import SimHTTP

/// Notices a client that sends the same browser round and round: the same request, answered again
/// and again within minutes (50196). The count is the browser's own cookie.
/// aadsts.md §11 (4): 15 in 5 minutes.
struct LoopGuard: Sendable {
    static let cookieName = "CCState"
    static let limit = 15
    static let window: Duration = .minutes(5)
    /// Different requests remembered at once.
    private static let requestLimit = 4

    private struct Entry {
        let key: String
        var times: [Timestamp]
    }

    private var entries: [Entry] = []
    private let now: Timestamp
    /// Whether the request just counted is one too many.
    private(set) var isLoop = false

    /// Counts a request.
    init(_ fields: FormFields, _ exchange: Exchange, _ platform: IdentityPlatform) {
        now = exchange.now
        if let text = exchange.cookies[Self.cookieName],
            text.utf8.count <= BrowserSession.byteLimit, let bytes = Base64.urlDecode(text),
            let stored = platform.sealed.open(bytes, for: .loop)?.arrayValue
        {
            entries = stored.compactMap(Self.entry)
        }
        let names = [
            "login_hint", "scope", "resource", "client_id", "redirect_uri", "response_type",
            "response_mode",
        ]
        let text = names.map { fields[$0] ?? "" }.joined(separator: "\n")
        let key = Base64.urlEncode(Array(SHA256.digest(Array(text.utf8)).prefix(9)))
        var times = entries.first { $0.key == key }?.times ?? []
        times = times.filter { now < $0 + Self.window } + [now]
        isLoop = times.count >= Self.limit
        entries =
            [Entry(key: key, times: times.suffix(Self.limit))]
            + entries.filter { $0.key != key }.prefix(Self.requestLimit - 1)
    }

    /// The cookie that remembers the count.
    func append(to headers: inout HTTPHeaders, _ platform: IdentityPlatform) {
        let record = JSONValue.array(
            entries.map { entry in
                .array([.string(entry.key)] + entry.times.map { .int($0.seconds) })
            })
        guard let bytes = platform.sealed.seal(record, for: .loop) else { return }
        headers.append(
            "Set-Cookie",
            "\(Self.cookieName)=\(Base64.urlEncode(bytes)); path=/; secure; HttpOnly; "
                + "SameSite=None")
    }

    private static func entry(_ value: JSONValue) -> Entry? {
        guard let values = value.arrayValue, let key = values.first?.stringValue else {
            return nil
        }
        return Entry(
            key: key,
            times: values.dropFirst().compactMap(\.intValue).map { Timestamp(seconds: $0) })
    }
}
