import SimCore
import SimFaults
import SimHTTP

/// Which exchanges of the request journal are wanted: the newest `limit` of those that fit, oldest
/// first. Everything said must hold. Texts are looked for where secrets are redacted already.
package struct JournalQuery: Hashable, Sendable {
    package enum Direction: String, CaseIterable, Sendable {
        case inbound, outbound
    }

    /// `404`, or `4xx` for a class; `none` where there was no answer.
    package enum Status: Hashable, Sendable {
        case exactly(Int)
        case hundreds(Int)
        case missing

        /// nil for anything else.
        package init?(_ text: String) {
            let lower = text.lowercased()
            if lower == "none" {
                self = .missing
            } else if lower.utf8.count == 3, lower.hasSuffix("xx"),
                let digit = lower.first?.wholeNumberValue, (1...5).contains(digit)
            {
                self = .hundreds(digit)
            } else if let number = Int(lower), (100...599).contains(number) {
                self = .exactly(number)
            } else {
                return nil
            }
        }

        func fits(_ status: Int?) -> Bool {
            switch self {
            case .exactly(let wanted): status == wanted
            case .hundreds(let digit): status.map { $0 / 100 == digit } ?? false
            case .missing: status == nil
            }
        }
    }

    package static let limitBounds = 1...1_000
    static let keys = [
        "after", "limit", "direction", "method", "path", "status", "code", "contains", "since",
        "until",
    ]

    package var after: UInt64?
    package var limit: Int
    package var direction: Direction?
    /// Upper case.
    package var method: String?
    /// `*` stands for any run of characters; without query.
    package var path: String?
    package var status: Status?
    /// Number of a sign-in error.
    package var code: Int?
    /// Part of address, headers or bodies as they are shown, without case.
    package var contains: String?
    package var since: Timestamp?
    package var until: Timestamp?

    package init(after: UInt64? = nil, limit: Int = 100) {
        self.after = after
        self.limit = limit
        (direction, method, path, status, code, contains) = (nil, nil, nil, nil, nil, nil)
        (since, until) = (nil, nil)
    }

    /// Whether an exchange with a number above `after` fits.
    ///
    /// - Parameter code: number of the sign-in error it was answered with.
    package func admits(
        _ exchange: WireExchange, _ direction: Direction, code: () -> Int?
    ) -> Bool {
        (self.direction.map { $0 == direction } ?? true)
            && (method.map { $0 == exchange.request.method.rawValue } ?? true)
            && (path.map { FaultPattern.matches($0, String(exchange.request.path)) } ?? true)
            && (status.map { $0.fits(exchange.response?.status) } ?? true)
            && (since.map { $0 <= exchange.at } ?? true)
            && (until.map { exchange.at < $0 } ?? true)
            && (self.code.map { $0 == code() } ?? true)
            && (contains.map { exchange.json.text.lowercased().contains(text: $0.lowercased()) }
                ?? true)
    }
}

/// A check of a stretch of the journal, asked for by a test suite.
package struct JournalCheck: Hashable, Sendable {
    /// Only exchanges with a higher number count.
    package let after: UInt64
    package let direction: JournalQuery.Direction
    package let expectation: CallExpectation
    /// The answer is a JUnit report with one case of this name.
    package let junitName: String?

    package init(
        after: UInt64 = 0, direction: JournalQuery.Direction = .outbound,
        expectation: CallExpectation, junitName: String? = nil
    ) {
        self.after = after
        self.direction = direction
        self.expectation = expectation
        self.junitName = junitName
    }
}

extension ObservedCall {
    /// An exchange for checks, secrets redacted.
    package init(_ exchange: WireExchange) {
        self.init(
            method: exchange.request.method.rawValue,
            target: WireExchange.redactedTarget(exchange.request.target),
            status: exchange.response?.status, failure: exchange.failure,
            text: exchange.json.text)
    }
}
