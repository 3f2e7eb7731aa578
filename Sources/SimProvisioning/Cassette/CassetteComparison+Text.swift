import SimCore

extension CassetteComparison {
    /// Lines of differences a person is shown.
    private static let lineLimit = 200
    /// Longest value in a line, in characters.
    private static let valueLimit = 120

    /// For people: by object, a line a difference.
    package var text: String {
        let calls = Self.count(before.exchanges.count, "call")
        var text = ""
        if !before.isComplete || !after.isComplete {
            text += "note: a recording was cut at its limit; only what is in it was compared\n"
        }
        guard !isSame else { return text + "same: \(calls), nothing changed\n" }
        text += "\(after.app): \(callCount) of \(calls) changed\n"
        if before.kind != after.kind {
            text += "\n  the first is an \(before.kind.rawValue) cycle, the second an "
            text += "\(after.kind.rawValue) one\n"
        }
        var object: String?
        for difference in differences.prefix(Self.lineLimit) {
            let name = difference.subject.map { "\($0.kind.rawValue) \($0.name)" } ?? "probe"
            if name != object { text += "\n\(Self.oneLine(name))\n" }
            object = name
            text += "  \(Self.line(difference))\n"
        }
        let rest = differenceCount - min(differences.count, Self.lineLimit)
        if rest > 0 { text += "\n… and \(rest) more differences; --json has them\n" }
        return text
    }

    package var json: JSONValue {
        func cassette(_ cassette: Cassette) -> JSONValue {
            [
                "app": .string(cassette.app), "cycle": .string(cassette.kind.rawValue),
                "calls": .int(Int64(cassette.exchanges.count)),
                "complete": .bool(cassette.isComplete),
            ]
        }
        return [
            "same": .bool(isSame), "before": cassette(before), "after": cassette(after),
            "changedCalls": .int(Int64(callCount)),
            "differenceCount": .int(Int64(differenceCount)),
            "differences": .array(differences.map(\.json)),
        ]
    }

    private static func line(_ difference: Difference) -> String {
        let operation = difference.operation.rawValue
        let values = { (value: JSONValue?) in value.map { shown($0) } ?? "(none)" }
        let path = oneLine(difference.path)
        switch difference.what {
        case .missingCall:
            return
                "\(operation)  no longer sent: \(path), was answered \(values(difference.before))"
        case .newCall:
            return "\(operation)  new: \(path), answered \(values(difference.after))"
        case .request, .answer:
            return "\(operation)  \(difference.what.rawValue) \(path): "
                + "\(values(difference.before)) → \(values(difference.after))"
        }
    }

    private static func shown(_ value: JSONValue) -> String {
        let text = value.text
        return text.count <= valueLimit ? text : text.prefix(valueLimit) + "…"
    }

    private static func oneLine(_ text: String) -> String {
        String(text.map { $0.isNewline || $0 == "\u{1B}" ? " " : $0 })
    }

    private static func count(_ count: Int, _ word: String) -> String {
        "\(count) \(word)\(count == 1 ? "" : "s")"
    }
}

extension CassetteComparison.Difference {
    fileprivate var json: JSONValue {
        [
            "object": subject.map {
                [
                    "type": .string($0.kind.rawValue), "id": .string($0.id),
                    "name": .string($0.name),
                ]
            } ?? nil,
            "operation": .string(operation.rawValue), "what": .string(what.rawValue),
            "path": .string(path), "before": before ?? .null, "after": after ?? .null,
        ]
    }
}
