import SimCore
import SimHTTP
import SimPortal

/// Warns when the simulation's clock is far from the machine's: clients compare lifetimes with
/// their own clock, and only those on this machine can be known.
enum WallClockWarning {
    /// What clients commonly allow two clocks to differ by.
    static let tolerance = Duration.seconds(300)
    private static let nameLimit = 5

    /// One sentence; nil while the clocks agree.
    static func text(_ clock: VirtualClock, _ journal: RequestJournal) -> String? {
        let ahead = clock.now - clock.machineTime
        guard max(ahead, .zero - ahead) > tolerance else { return nil }
        let distance = DurationText.short(rounded(max(ahead, .zero - ahead)))
        let place = ahead > .zero ? "ahead of" : "behind"
        let clients = names(in: journal)
        let who = clients.isEmpty ? "clients" : clients.joined(separator: ", ")
        return "this clock is \(distance) \(place) the machine's, which \(who) compare lifetimes "
            + "with: caches, `exp` and `nbf` are judged by theirs"
    }

    /// Days alone say enough beyond two of them, minutes within.
    private static func rounded(_ duration: Duration) -> Duration {
        let seconds = duration.components.seconds
        let unit: Int64 = seconds >= 2 * 86_400 ? 86_400 : 60
        return .seconds(seconds / unit * unit)
    }

    /// The libraries that called the login endpoint lately, as they call themselves.
    private static func names(in journal: RequestJournal) -> [String] {
        var found: [String] = []
        for entry in journal.entries(after: 0).reversed() where entry.direction == .inbound {
            let request = entry.exchange.request
            guard found.count < nameLimit else { break }
            guard Surface(request.target) == .login, let name = name(request.headers),
                !found.contains(name)
            else { continue }
            found.append(name)
        }
        return found
    }

    /// `MSAL.Python 1.39.0`, else the first product of the user agent, `python-requests/2.34.2`.
    private static func name(_ headers: HTTPHeaders) -> String? {
        let text: String
        if let product = headers["x-client-SKU"] {
            text = product + (headers["x-client-Ver"].map { " " + $0 } ?? "")
        } else if let agent = headers["User-Agent"]?.split(separator: " ").first {
            text = String(agent)
        } else {
            return nil
        }
        let isPlain = text.utf8.allSatisfy { (0x20...0x7E).contains($0) }
        return isPlain && text.utf8.count <= 60 ? text : nil
    }
}
