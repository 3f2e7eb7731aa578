import SimCore

// Stored forms of the values inside records.
extension Escrow {
    var payload: JSONObject {
        var object: JSONObject = [
            "k": .string(kind.rawValue), "c": .string(code.rawValue),
            "t": .int(createdAt.microseconds), "n": .int(nextAttempt.microseconds),
        ]
        if retries > 0 { object.append("r", .int(Int64(retries))) }
        object.appendIfPresent("f", firstRetryAt.map { .int($0.microseconds) })
        return object
    }

    init?(payload: JSONValue) {
        guard let kind: Kind = payload.choice("k"),
            let code: ProvisioningErrorCode = payload.choice("c"),
            let created = payload.time("t"), let next = payload.time("n")
        else { return nil }
        self.init(
            kind: kind, code: code, createdAt: created,
            retries: Int(payload["r"]?.intValue ?? 0), firstRetryAt: payload.time("f"),
            nextAttempt: next)
    }
}

extension SynchronizationError {
    /// `synchronizationError` of the job resource; also the stored form.
    package var resource: JSONValue {
        [
            "code": .string(code), "message": .string(message),
            "tenantActionable": .bool(isTenantActionable),
        ]
    }

    init?(resource: JSONValue?) {
        guard let code = resource?["code"]?.stringValue,
            let message = resource?["message"]?.stringValue
        else { return nil }
        self.init(
            code: code, message: message,
            isTenantActionable: resource?["tenantActionable"]?.boolValue ?? true)
    }
}

extension Quarantine {
    var payload: JSONValue {
        var object: JSONObject = [
            "reason": .string(reason.rawValue), "error": error.resource,
            "began": .int(seriesBegan.microseconds), "current": .int(currentBegan.microseconds),
            "count": .int(Int64(seriesCount)),
        ]
        object.appendIfPresent("next", nextAttempt.map { .int($0.microseconds) })
        return .object(object)
    }

    init?(payload: JSONValue) {
        guard let reason: Reason = payload.choice("reason"),
            let error = SynchronizationError(resource: payload["error"]),
            let began = payload.time("began"), let current = payload.time("current"),
            let count = payload["count"]?.intValue
        else { return nil }
        self.init(
            reason: reason, error: error, seriesBegan: began, currentBegan: current,
            seriesCount: Int(count), nextAttempt: payload.time("next"))
    }
}

extension CycleSummary {
    var payload: JSONValue {
        var object: JSONObject = [
            "c": .string(id.description), "k": .string(kind.rawValue),
            "b": .int(beganAt.microseconds), "e": .int(endedAt.microseconds),
            "r": .string(result.rawValue),
            "n": .array(CycleCounters.fields.map { .int(Int64(counters[keyPath: $0])) }),
        ]
        object.appendIfPresent("w", watermark.map { .int(Int64(clamping: $0)) })
        object.appendIfPresent("x", error?.resource)
        return .object(object)
    }

    init?(payload: JSONValue) {
        guard let id = payload.guid("c"), let kind: CycleKind = payload.choice("k"),
            let began = payload.time("b"), let ended = payload.time("e"),
            let result: Result = payload.choice("r"), let numbers = payload["n"]?.arrayValue
        else { return nil }
        var counters = CycleCounters()
        for (field, number) in zip(CycleCounters.fields, numbers) {
            counters[keyPath: field] = Int(number.intValue ?? 0)
        }
        self.init(
            id: id, kind: kind, beganAt: began, endedAt: ended, result: result,
            error: SynchronizationError(resource: payload["x"]), counters: counters,
            watermark: payload["w"]?.intValue.flatMap { UInt64(exactly: $0) })
    }
}
