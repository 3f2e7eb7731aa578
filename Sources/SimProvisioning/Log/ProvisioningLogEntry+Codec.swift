import SimCore

// The stored form: short names, defaults left out; read back by the same build or a later one.
extension ProvisioningLogEntry {
    var payload: JSONValue {
        var object: JSONObject = [
            "i": .string(id.description), "t": .int(at.microseconds),
            "c": .string(cycle.description), "h": .string(change.description),
            "a": .string(action.rawValue), "s": .string(status.rawValue),
            "k": .string(subject.kind.rawValue), "o": .string(subject.guid.description),
            "n": .string(displayName),
        ]
        if milliseconds != 0 { object.append("m", .int(Int64(milliseconds))) }
        if reportableID != subject.guid.description { object.append("r", .string(reportableID)) }
        if !targetID.isEmpty { object.append("g", .string(targetID)) }
        if !targetDisplayName.isEmpty { object.append("d", .string(targetDisplayName)) }
        object.append("p", .array(steps.map { Self.payload($0) }))
        if !modified.isEmpty {
            object.append(
                "v",
                .array(
                    modified.map {
                        [
                            .string($0.name), $0.old.map { .string($0) } ?? nil,
                            $0.new.map { .string($0) } ?? nil,
                        ]
                    }))
        }
        object.appendIfPresent("x", skipReason?.rawValue)
        if let failure {
            object.append("f", [.string(failure.code.rawValue), .string(failure.reason)])
        }
        return .object(object)
    }

    private static func payload(_ step: Step) -> JSONValue {
        var items: [JSONValue] = [.string(step.kind.rawValue), .string(step.status.rawValue)]
        for detail in step.details {
            items.append(.string(detail.name))
            items.append(.string(detail.value))
        }
        return .array(items)
    }

    convenience init?(payload: JSONValue) {
        guard let id = payload.guid("i"), let time = payload["t"]?.intValue,
            let cycle = payload.guid("c"), let change = payload.guid("h"),
            let action: Action = payload.choice("a"), let status: Status = payload.choice("s"),
            let kind: ObjectKey.Kind = payload.choice("k"), let subject = payload.guid("o"),
            let name = payload["n"]?.stringValue
        else { return nil }
        var steps: [Step] = []
        for json in payload["p"]?.arrayValue ?? [] {
            guard let step = Self.step(json) else { return nil }
            steps.append(step)
        }
        var modified: [ModifiedProperty] = []
        for json in payload["v"]?.arrayValue ?? [] {
            guard let items = json.arrayValue, items.count == 3, let name = items[0].stringValue
            else { return nil }
            modified.append(
                ModifiedProperty(name, old: items[1].stringValue, new: items[2].stringValue))
        }
        var failure: Failure?
        if let items = payload["f"]?.arrayValue {
            guard items.count == 2, let reason = items[1].stringValue,
                let code = items[0].stringValue.flatMap(ProvisioningErrorCode.init)
            else { return nil }
            failure = Failure(code: code, reason: reason)
        }
        self.init(
            id: id, at: Timestamp(microseconds: time), cycle: cycle, change: change,
            action: action, status: status, milliseconds: Int(payload["m"]?.intValue ?? 0),
            subject: ObjectKey(kind, subject), displayName: name,
            reportableID: payload["r"]?.stringValue ?? subject.description,
            targetID: payload["g"]?.stringValue ?? "",
            targetDisplayName: payload["d"]?.stringValue ?? "", steps: steps,
            modified: Deferred(modified),
            skipReason: payload["x"]?.stringValue.flatMap(SkipReason.init), failure: failure)
    }

    private static func step(_ json: JSONValue) -> Step? {
        guard let items = json.arrayValue, items.count >= 2, items.count % 2 == 0,
            let kind = items[0].stringValue.flatMap(LogStep.init),
            let status = items[1].stringValue.flatMap(Status.init)
        else { return nil }
        var details: [Detail] = []
        for index in stride(from: 2, to: items.count, by: 2) {
            guard let name = items[index].stringValue, let value = items[index + 1].stringValue
            else { return nil }
            details.append(Detail(name, value))
        }
        return Step(kind, status, details)
    }
}

extension JSONValue {
    func guid(_ key: String) -> GUID? { self[key]?.stringValue.flatMap { GUID($0) } }

    func time(_ key: String) -> Timestamp? {
        self[key]?.intValue.map { Timestamp(microseconds: $0) }
    }

    func choice<Value: RawRepresentable>(_ key: String) -> Value? where Value.RawValue == String {
        self[key]?.stringValue.flatMap(Value.init(rawValue:))
    }
}
