/// Decides which quick loop goes on with a connection.
///
/// Connections come to loops by chance, and the kernel puts threads on cores. A loop whose thread
/// waits for its core gives connections to one whose core is free. Where no core is free,
/// connections go to the loop on the core where their packets arrive: to wake a thread on another
/// core costs more than to answer a plain request.
struct LoopBalance: Sendable {
    enum Advice: Hashable, Sendable {
        case stay
        /// One connection goes to the loop of this number.
        case give(Int)
        /// Each connection goes to the loop on the core where its packets arrive.
        case follow
    }

    /// Between two looks.
    var interval: Duration = .milliseconds(10)
    var advice: @Sendable (LoopSituation) -> Advice = { $0.advice }
}

/// What a loop sees when it looks at itself and the others of its server.
struct LoopSituation: Sendable {
    /// What a loop's thread did since the last look, as shares of that time.
    struct Use: Hashable, Sendable {
        /// Share of the time a thread wants its core for above which waiting is more than chance.
        private static let competition = 0.2
        /// Share of all time below which waiting does not matter.
        private static let least = 0.05

        var ran: Double
        /// Ready, while its core ran others.
        var waited: Double

        var idle: Double { max(0, 1 - ran - waited) }
        /// Whether others want the same core.
        var competes: Bool {
            waited >= Self.least && waited >= Self.competition * (ran + waited)
        }
    }

    let number: Int
    let own: Use
    /// Other loops by number, where the system tells.
    let others: [Int: Use]
    /// How many connections share the loop's time.
    let connections: Int

    var advice: LoopBalance.Advice {
        guard own.competes, !others.isEmpty else { return .stay }
        let free = others.filter { !$0.value.competes }
        guard let best = free.max(by: { ($0.value.idle, $1.key) < ($1.value.idle, $0.key) }) else {
            return .follow
        }
        // What one more connection asks of the other loop.
        let share = own.ran / Double(max(1, connections))
        return best.value.idle > share ? .give(best.key) : .stay
    }
}
