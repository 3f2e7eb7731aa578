import SimCore
import SimHTTP

/// A person's browser without JavaScript in front of the simulator, in its process: keeps cookies,
/// follows redirects to the simulator's own pages, fills in forms. It comes from any address.
struct InProcessBrowser: Sendable {
    static let redirectLimit = 10

    private let door: FrontDoor
    private let origin: Origin
    private var cookies: [(name: String, value: String)] = []
    /// Of the client, as the login endpoint sees it.
    var address = "127.0.0.1"
    var patience: Duration = .seconds(30)
    /// Longest delay of an answer so far.
    private(set) var slowest: Duration = .zero

    init(door: FrontDoor, origin: Origin) {
        self.door = door
        self.origin = origin
    }

    mutating func get(_ target: String) -> DeliveredAnswer.Outcome {
        follow(HTTPRequest(method: .get, target: target))
    }

    mutating func post(_ target: String, _ fields: FormFields) -> DeliveredAnswer.Outcome {
        follow(
            HTTPRequest(
                method: .post, target: target,
                headers: ["Content-Type": "application/x-www-form-urlencoded"],
                body: Array(fields.encoded().utf8)))
    }

    /// Sends a form with these values on top of those it holds.
    mutating func submit(
        _ form: PageForm, _ values: KeyValuePairs<String, String>
    ) -> DeliveredAnswer.Outcome {
        var fields = form.fields
        for (name, value) in values { fields.append(name, value) }
        return post(form.action, fields)
    }

    private mutating func follow(_ first: HTTPRequest) -> DeliveredAnswer.Outcome {
        var outcome = send(first)
        for _ in 0..<Self.redirectLimit {
            guard case .answered(let response) = outcome,
                (301...303).contains(response.status), let place = response.headers["Location"],
                let target = ownTarget(place)
            else { return outcome }
            outcome = send(HTTPRequest(method: .get, target: target))
        }
        return .failed("more than \(Self.redirectLimit) redirects")
    }

    private mutating func send(_ request: HTTPRequest) -> DeliveredAnswer.Outcome {
        var request = request
        request.remoteAddress = address
        request.headers.set("Host", origin.hostHeader)
        request.headers.set("User-Agent", "entra-sim drill")
        if !cookies.isEmpty {
            request.headers.set(
                "Cookie", cookies.map { "\($0.name)=\($0.value)" }.joined(separator: "; "))
        }
        guard let response = door.answer(request) else {
            return .failed("the simulator is not up")
        }
        let delivered = DeliveredAnswer(response, patience: patience)
        slowest = max(slowest, delivered.delay)
        guard case .answered(let answer) = delivered.outcome else { return delivered.outcome }
        for line in answer.headers.values("Set-Cookie") { keep(line) }
        return delivered.outcome
    }

    /// The path of an address of the simulator; nil for an application's.
    private func ownTarget(_ place: String) -> String? {
        let path = place.prefix { $0 != "#" }
        if path.hasPrefix("/") { return String(path) }
        guard let parsed = Origin.parse(place), parsed.origin == origin,
            !parsed.target.hasPrefix("/apps/")
        else { return nil }
        return parsed.target
    }

    private mutating func keep(_ line: String) {
        let parts = line.split(separator: ";")
        let pair = (parts.first ?? "").split(
            separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        guard let name = pair.first.map({ String($0) }), !name.isEmpty else { return }
        cookies.removeAll { $0.name == name }
        let isGone = parts.contains { $0.contains(text: "1970") || $0.contains(text: "Max-Age=0") }
        if pair.count > 1, !pair[1].isEmpty, !isGone { cookies.append((name, String(pair[1]))) }
    }
}
