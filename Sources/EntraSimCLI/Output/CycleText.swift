import SimCore
import SimPortal

/// A cycle as a person reads it: what happened, then why not.
enum CycleText {
    private static let countNames = [
        "created", "updated", "disabled", "deleted", "skipped", "failed", "escrowed",
    ]

    /// One line of counts, and what went wrong.
    static func summary(_ report: JSONValue) -> String {
        let counts = report["counts"]
        // Escrowed and failed stay visible at zero: they are what one looks for.
        let parts = countNames.compactMap { name -> String? in
            let number = counts?[name]?.intValue ?? 0
            let isShown = number > 0 || ["created", "updated", "failed"].contains(name)
            return isShown ? "\(number) \(name)" : nil
        }
        let milliseconds = report["durationInMilliseconds"]?.intValue ?? 0
        var text = Fields.text(
            [
                (
                    report.cell("app"),
                    "\(report.cell("cycle")) cycle \(state(report.cell("state")))  "
                        + parts.joined(separator: "  ") + "  \(seconds(milliseconds))"
                )
            ], width: Fields.blockWidth)
        if let error = report["error"], !error.isNull {
            text += problem("cycle", code: error.cell("code"), message: error.cell("message"))
        }
        for row in report["failures"]?.arrayValue ?? [] { text += ProvisioningLogText.failure(row) }
        if let quarantine = report["quarantine"], !quarantine.isNull {
            text += Self.quarantine(quarantine, told: report["error"]?["message"])
        }
        return text
    }

    /// The whole report: object by object, then what to do about a failed cycle.
    static func report(_ report: JSONValue) -> String {
        guard var text = report["text"]?.stringValue else { return summary(report) }
        if let error = report["error"], !error.isNull,
            let advice = ProvisioningAdvice.text(
                for: error.cell("code"), message: error.cell("message"))
        {
            text += "  try: \(advice)\n"
        }
        if let quarantine = report["quarantine"], !quarantine.isNull {
            text += "  next attempt by itself: \(quarantine.cell("nextAttempt"))\n"
        }
        return text
    }

    /// The requests and answers of a cycle, one block each.
    static func wire(_ report: JSONValue) -> String {
        (report["wire"]?.arrayValue ?? []).map(exchange).joined(separator: "\n")
    }

    /// - Parameter told: a reason that was printed already, and is not repeated.
    static func quarantine(_ quarantine: JSONValue, told: JSONValue? = nil) -> String {
        var text = Fields.text([
            (
                "quarantine",
                "\(quarantine.cell("reason")) since \(quarantine.cell("currentBegan")), "
                    + "next attempt \(quarantine.cell("nextAttempt"))"
            )
        ])
        if let error = quarantine["error"], !error.isNull, error["message"] != told {
            text += problem("", code: error.cell("code"), message: error.cell("message"))
        }
        return text
    }

    static func problem(_ subject: String, code: String, message: String) -> String {
        var text = "  \(subject.isEmpty ? "because" : subject)  \(code)\n"
        for line in lines(message) { text += "    \(line)\n" }
        if let advice = ProvisioningAdvice.text(for: code, message: message) {
            text += "    try: \(advice)\n"
        }
        return text
    }

    static func lines(_ text: String) -> [String] {
        text.split(whereSeparator: \.isNewline).map { TextTable.oneLine(String($0)) }
    }

    private static func state(_ state: String) -> String {
        switch CycleReport.State(rawValue: state) {
        case .succeeded: "succeeded"
        case .failed: "failed"
        case .entryLevelErrors: "had failing objects"
        case nil: state
        }
    }

    private static func seconds(_ milliseconds: Int64) -> String {
        guard milliseconds >= 1_000 else { return "\(milliseconds) ms" }
        return "\(milliseconds / 1_000).\(milliseconds % 1_000 / 100) s"
    }

    private static func exchange(_ exchange: JSONValue) -> String {
        var text = "> \(exchange.cell("method")) \(exchange.cell("url"))\n"
        text += headers("> ", exchange["requestHeaders"])
        if let body = exchange["requestBody"]?.stringValue { text += block("> ", body) }
        if exchange["status"] != nil {
            text += "< \(exchange.cell("status"))\n"
            text += headers("< ", exchange["responseHeaders"])
            if let body = exchange["responseBody"]?.stringValue { text += block("< ", body) }
        }
        if let failure = exchange["failure"]?.stringValue {
            text += "< no answer: \(TextTable.oneLine(failure))\n"
        }
        return text
    }

    private static func headers(_ mark: String, _ headers: JSONValue?) -> String {
        (headers?.arrayValue ?? []).map {
            mark + TextTable.oneLine("\($0.cell("name")): \($0.cell("value"))") + "\n"
        }.joined()
    }

    private static func block(_ mark: String, _ body: String) -> String {
        lines(body).map { mark + $0 + "\n" }.joined()
    }
}
