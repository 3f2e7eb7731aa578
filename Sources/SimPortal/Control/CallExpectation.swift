import SimCore
import SimFaults
import SimHTTP

/// What a test suite expects of the calls since a point of the journal.
package struct CallExpectation: Hashable, Sendable {
    /// How the expected calls and the real ones go together.
    package enum Order: String, CaseIterable, Sendable {
        /// These calls, in this order, and no others.
        case exactly
        /// These calls, in this order, others between them.
        case inOrder
    }

    /// `POST */Users`, or with a status `PATCH */Users/* 204`; `*` stands for anything.
    package struct Call: Hashable, Sendable {
        let method: String
        let path: String
        let status: Int?
        /// As written.
        let text: String

        /// nil when the text has not that form.
        package init?(_ text: String) {
            let words = text.split(separator: " ")
            guard words.count == 2 || words.count == 3 else { return nil }
            self.text = words.joined(separator: " ")
            method = words[0].uppercased()
            path = String(words[1])
            guard words.count == 3 else {
                status = nil
                return
            }
            guard let number = Int(words[2]), (100...599).contains(number) else { return nil }
            status = number
        }

        func fits(_ exchange: WireExchange) -> Bool {
            (method == "*" || method == exchange.request.method.rawValue)
                && FaultPattern.matches(path, String(exchange.request.path))
                && (status == nil || status == exchange.response?.status)
        }
    }

    package static let callLimit = 1_000

    /// Only exchanges with a higher number of the journal count.
    package let after: UInt64
    /// Calls that came in rather than those that went out to targets.
    package let isInbound: Bool
    /// nil when only `allowsWrites` is asked.
    package let calls: [Call]?
    package let order: Order
    package let allowsWrites: Bool

    package init(
        after: UInt64 = 0, isInbound: Bool = false, calls: [Call]? = nil,
        order: Order = .exactly, allowsWrites: Bool = true
    ) {
        self.after = after
        self.isInbound = isInbound
        self.calls = calls
        self.order = order
        self.allowsWrites = allowsWrites
    }

    /// What does not hold, one line each, in the order of the calls; empty when all does.
    package func problems(with exchanges: [WireExchange]) -> [String] {
        var problems: [String] = []
        if !allowsWrites {
            problems += exchanges.filter(Self.writes).map { "a write: \(Self.line($0))" }
        }
        guard let calls else { return problems }
        switch order {
        case .exactly: return problems + exactly(calls, exchanges)
        case .inOrder: return problems + inOrder(calls, exchanges)
        }
    }

    private func exactly(_ calls: [Call], _ exchanges: [WireExchange]) -> [String] {
        (0..<max(calls.count, exchanges.count)).compactMap { index in
            switch (index < calls.count, index < exchanges.count) {
            case (true, true) where calls[index].fits(exchanges[index]): nil
            case (true, true):
                "call \(index + 1): expected \(calls[index].text), was "
                    + Self.line(exchanges[index])
            case (true, false): "call \(index + 1): expected \(calls[index].text), was nothing"
            case (false, _): "call \(index + 1): not expected: \(Self.line(exchanges[index]))"
            }
        }
    }

    private func inOrder(_ calls: [Call], _ exchanges: [WireExchange]) -> [String] {
        var rest = exchanges[...]
        for (index, call) in calls.enumerated() {
            guard let place = rest.firstIndex(where: call.fits) else {
                return ["call \(index + 1): expected \(call.text), did not come"]
            }
            rest = rest[(place + 1)...]
        }
        return []
    }

    /// `POST /scim/Users 201`, or why there was no answer in place of the status.
    package static func line(_ exchange: WireExchange) -> String {
        let end = exchange.response.map { String($0.status) } ?? exchange.failure ?? "no answer"
        return "\(exchange.request.method.rawValue) \(exchange.request.path) \(end)"
    }

    private static func writes(_ exchange: WireExchange) -> Bool {
        exchange.request.method != .get && exchange.request.method != .head
    }
}
