import SimCore
import SimErrors
import SimFaults
import SimHTTP
import SimIdentity

/// A fault that strikes an inbound request: decided before the request is handled, carried out
/// before, at issuance, or at delivery.
struct InboundFault: Sendable {
    let effect: FaultEffect
    let hit: Int
    let chance: Double

    /// The fault of a request: its own header's first, then the first rule that strikes.
    ///
    /// - Throws: a header that cannot be understood.
    static func find(
        _ request: HTTPRequest, _ surface: Surface, _ services: SimulatorServices, _ now: Timestamp
    ) throws(FaultRuleError) -> InboundFault? {
        if let text = request.headers[FaultHeader.name],
            let site = FaultSite(request, surface)
        {
            return InboundFault(
                effect: try FaultHeader.effect(text, at: site), hit: 1, chance: 0)
        }
        guard services.faults.isArmed,
            let facts = FaultFacts(request, surface, services, now),
            let strike = services.faults.decide(facts, at: now)
        else { return nil }
        return InboundFault(effect: strike.effect, hit: strike.hit, chance: strike.chance)
    }

    /// The answer of a request under this fault.
    ///
    /// - Parameter natural: handles the request as ever, with this login endpoint, at this time.
    func answer(
        _ request: HTTPRequest, _ services: SimulatorServices, _ now: Timestamp,
        natural: (IdentityPlatform, Timestamp) -> HTTPResponse
    ) -> HTTPResponse {
        switch effect {
        case .refusal(let error):
            return services.identity.refusal(
                RefusalArguments(request, services, now).filling(error), of: request,
                at: IdentityPlace(request) ?? .other, now: now)
        case .answer(let answer): return HTTPResponse(answer, at: now)
        case .tamper(let tamper): return natural(services.identity.tampering(tamper), now)
        case .keys(.lag(let duration)): return natural(services.identity, now - duration)
        case .keys(.empty): return natural(services.identity, now).withoutKeys { _ in true }
        case .keys(.stale):
            let signing = Set(services.tenants.hosts.map { $0.signingKeyID(at: now) })
            return natural(services.identity, now).withoutKeys(where: signing.contains)
        case .delivery(let delivery):
            return natural(services.identity, now).delivered(delivery, hit: hit, chance: chance)
        // The app itself shows it.
        case .target, .defect, .certificate: return natural(services.identity, now)
        }
    }
}

extension HTTPResponse {
    /// An answer a rule made up.
    init(_ answer: FaultAnswer, at now: Timestamp) {
        self.init(status: answer.status, body: answer.body)
        for header in answer.headers {
            headers.append(header.name, header.value.stringValue ?? "")
        }
        if headers["Content-Type"] == nil, !answer.body.isEmpty {
            headers.append(
                "Content-Type",
                answer.isJSON ? "application/json; charset=utf-8" : "text/plain; charset=utf-8")
        }
        if let delay = answer.retryAfter {
            switch answer.retryForm {
            case .seconds:
                headers.append("Retry-After", String(delay.components.seconds))
            case .date: headers.append("Retry-After", (now + delay).httpDate)
            }
        }
    }

    /// The same answer on a bad way to its client.
    func delivered(_ fault: FaultDelivery, hit: Int, chance: Double) -> HTTPResponse {
        var response = self
        switch fault {
        case .latency(let latency):
            response.delivery = [.wait(latency.delay(hit: hit, chance: chance)), .rest]
        case .hang: response.delivery = [.hang]
        case .reset(.before): response.delivery = [.reset]
        case .reset(.during):
            response.delivery = [.head, .body(body.count / 2), Self.moment, .reset]
        case .reset(.after): response.delivery = [.rest, Self.moment, .reset]
        case .truncated(let count): response.delivery = [.head, .body(count), .close]
        case .drip(let bytes, let every):
            response.delivery = [.head, .drip(bytes: bytes, every: every)]
        case .contentType, .malformed, .oversized: response.spoil(fault)
        case .contentLength(let length):
            response.headers.set("Content-Length", String(length))
            response.delivery = [.rest, .close]
        }
        return response
    }

    /// Changes what is sent, not how.
    mutating func spoil(_ fault: FaultDelivery) {
        switch fault {
        case .contentType(let type): headers.set("Content-Type", type)
        case .malformed: body = Array(body.prefix(max(1, body.count * 2 / 3)))
        case .oversized(let count):
            body += [UInt8](repeating: 0x20, count: max(0, count - body.count))
        case .latency, .hang, .reset, .truncated, .drip, .contentLength: break
        }
    }

    /// So that what was sent is read before the reset overtakes it.
    private static let moment = DeliveryStep.wait(.milliseconds(20))
}

extension HTTPResponse {
    /// The same key document without some of its keys.
    fileprivate func withoutKeys(where isGone: (String) -> Bool) -> HTTPResponse {
        guard var document = (try? JSONValue(parsing: body))?.objectValue,
            let keys = document["keys"]?.arrayValue
        else { return self }
        document["keys"] = .array(
            keys.filter { key in !(key["kid"]?.stringValue.map(isGone) ?? true) })
        var response = self
        response.body = JSONValue.object(document).serialized
        return response
    }
}
