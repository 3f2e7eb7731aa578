import SimCore
import SimErrors

/// *What* happens. One per rule; two effects are two rules.
package enum FaultEffect: Hashable, Sendable {
    /// A refusal by number, in the form the surface gives it.
    case refusal(AADSTSError)
    /// Any answer, as if the surface had given it.
    case answer(FaultAnswer)
    /// The real answer, delivered badly.
    case delivery(FaultDelivery)
    /// Tokens issued by this request are wrong in one way.
    case tamper(TokenTamper)
    /// What is wrong with the certificate that a new connection is shown.
    case certificate(FaultyCertificate)
    /// What is wrong with the key document.
    case keys(FaultyKeys)
    /// What the target does wrong with a call of the provisioning service.
    case target(FaultyTarget)
    /// What a sample app does wrong with a call of any SCIM client.
    case defect(AppDefect)

    /// Such effects add up: an app can have several at once.
    package var isDefect: Bool {
        if case .defect = self { true } else { false }
    }
}

/// An answer made up by a rule.
package struct FaultAnswer: Hashable, Sendable {
    /// Both forms of `Retry-After`. RFC 9110 §10.2.3.
    package enum RetryForm: String, CaseIterable, Sendable {
        case seconds, date
    }

    /// 200 to 599.
    package let status: Int
    package let headers: [JSONObject.Member]
    package let body: [UInt8]
    package let retryAfter: Duration?
    package let retryForm: RetryForm
    /// The body was written as JSON rather than text.
    package let isJSON: Bool
}

/// What goes wrong between an answer and its client. Delays pass in the machine's time.
package enum FaultDelivery: Hashable, Sendable {
    /// When a connection is reset, seen from the answer.
    package enum Moment: String, CaseIterable, Sendable {
        case before, during, after
    }

    /// Before the first byte.
    case latency(FaultLatency)
    /// Nothing is sent; the connection stays.
    case hang
    case reset(Moment)
    /// The announced length is right, but the body ends after so many bytes.
    case truncated(Int)
    /// The body comes in pieces of so many bytes.
    case drip(bytes: Int, every: Duration)
    case contentType(String)
    /// The body stops in the middle of its JSON; the announced length fits.
    case malformed
    /// The body is filled up with spaces to so many bytes.
    case oversized(Int)
    /// The announced length is this, whatever the body's is.
    case contentLength(Int)
}

/// How long an answer is held back.
package enum FaultLatency: Hashable, Sendable {
    case fixed(Duration)
    /// Drawn from the rule's stream.
    case uniform(Duration, Duration)
    /// Grows evenly over so many hits, then stays.
    case ramp(Duration, Duration, hits: Int)

    /// The delay of one hit.
    ///
    /// - Parameters:
    ///   - hit: from 1.
    ///   - chance: 0 up to, not including, 1.
    package func delay(hit: Int, chance: Double) -> Duration {
        switch self {
        case .fixed(let delay): return delay
        case .uniform(let low, let high):
            let width = Double((high - low).wholeMicroseconds)
            return low + .microseconds(Int64(width * chance))
        case .ramp(let low, let high, let hits):
            guard hits > 1, hit < hits else { return high }
            let width = (high - low).wholeMicroseconds
            return low + .microseconds(width / Int64(hits - 1) * Int64(hit - 1))
        }
    }
}

/// What a SCIM target does wrong.
package enum FaultyTarget: Hashable, Sendable {
    /// What it does to the data or to its answer.
    package enum Defect: String, CaseIterable, Sendable {
        /// A list holds its first resource twice, under another id.
        case duplicateResults
        /// A list is answered as if no filter had been sent.
        case ignoredFilter
        /// The answer's id is another one.
        case changedID = "changedId"
        case missingID = "missingId"
        case noTotalResults
        /// A write is acknowledged and not done.
        case lostWrite
        /// A write is done; its answer is a reset connection.
        case lostAnswer
    }

    /// Why there is no answer at all; the target never saw the call.
    package enum Failure: String, CaseIterable, Sendable {
        case nameNotResolved, refused, unreachable, reset, connectTimeout, tlsTimeout
        case responseTimeout, untrusted, malformed
    }

    case defect(Defect)
    case failure(Failure)
}

extension FaultyTarget.Defect {
    /// The same done on the way to a target; nil for what only the target itself can do.
    init?(_ name: AppDefect.Name) {
        switch name {
        case .duplicateResults: self = .duplicateResults
        case .ignoredFilter: self = .ignoredFilter
        case .changedID: self = .changedID
        case .missingID: self = .missingID
        case .noTotalResults: self = .noTotalResults
        case .lostWrites: self = .lostWrite
        case .lostAnswers: self = .lostAnswer
        case .throttled, .serverErrors, .unavailable, .droppedCalls, .loginPage,
            .notFoundFilters, .blindFilters, .caseSensitiveNames, .hiddenInactive, .bareLists,
            .doubleCreates, .slowWrites, .wipedMembers, .refusedStringBooleans,
            .refusedCapitalOps, .refusedGroupPatch, .stringBooleans, .wrongContentType,
            .htmlErrors, .garbage:
            return nil
        }
    }
}

/// What is wrong with a server certificate, by the machine's time and trust as clients have them.
package enum FaultyCertificate: String, CaseIterable, Sendable {
    case expired, notYetValid
    /// Good for another host only.
    case wrongName
    /// Issued by an authority nobody trusts.
    case untrusted
}

/// What is wrong with a key document.
package enum FaultyKeys: Hashable, Sendable {
    case empty
    /// The key that signs is not in it, the others are.
    case stale
    /// As it stood so long ago: a key that was published since is missing.
    case lag(Duration)
}
