import SimCore

/// Results in the XML that build servers read: suites of cases, each passed, failed or skipped.
package struct JUnitReport: Hashable, Sendable {
    package struct Case: Hashable, Sendable {
        package let name: String
        /// One line, then the rest; nil when it passed.
        package let failure: String?
        package let skipReason: String?
        package let elapsed: Duration

        package init(
            name: String, failure: String? = nil, skipReason: String? = nil,
            elapsed: Duration = .zero
        ) {
            self.name = name
            self.failure = failure
            self.skipReason = skipReason
            self.elapsed = elapsed
        }
    }

    package struct Suite: Hashable, Sendable {
        package let name: String
        package let cases: [Case]
        package let elapsed: Duration
        /// What a person reads of the whole run.
        package let output: String

        package init(
            name: String, cases: [Case], elapsed: Duration = .zero, output: String = ""
        ) {
            self.name = name
            self.cases = cases
            self.elapsed = elapsed
            self.output = output
        }
    }

    package let suites: [Suite]

    package init(suites: [Suite]) {
        self.suites = suites
    }

    /// A suite for each drill, a case for each of its steps that expects something.
    package init(_ reports: [DrillReport]) {
        self.init(suites: reports.map { Suite($0) })
    }

    package var xml: String {
        var text = #"<?xml version="1.0" encoding="UTF-8"?>"# + "\n<testsuites>\n"
        for suite in suites { text += Self.xml(suite) }
        return text + "</testsuites>\n"
    }

    private static func xml(_ suite: Suite) -> String {
        let failures = suite.cases.count(where: { $0.failure != nil })
        let skipped = suite.cases.count(where: { $0.skipReason != nil })
        let head = attributes([
            ("name", suite.name), ("tests", String(suite.cases.count)),
            ("failures", String(failures)), ("errors", "0"), ("skipped", String(skipped)),
            ("time", DrillTimeline.seconds(suite.elapsed)),
        ])
        var text = "  <testsuite\(head)>\n"
        for item in suite.cases {
            let head = attributes([
                ("classname", suite.name), ("name", item.name),
                ("time", DrillTimeline.seconds(item.elapsed)),
            ])
            text += "    <testcase\(head)"
            if let failure = item.failure {
                let first = failure.split(separator: "\n").first.map { String($0) } ?? ""
                text += ">\n      <failure\(attributes([("message", first)]))>"
                text += "\(escaped(failure))</failure>\n    </testcase>\n"
            } else if let reason = item.skipReason {
                text += ">\n      <skipped\(attributes([("message", reason)]))/>\n"
                text += "    </testcase>\n"
            } else {
                text += "/>\n"
            }
        }
        if !suite.output.isEmpty {
            text += "    <system-out>\(escaped(suite.output))</system-out>\n"
        }
        return text + "  </testsuite>\n"
    }

    private static func attributes(_ pairs: [(String, String)]) -> String {
        pairs.map { " \($0.0)=\"\(escaped($0.1))\"" }.joined()
    }

    /// Characters that XML 1.0 cannot hold become spaces.
    private static func escaped(_ text: String) -> String {
        var out = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": out += "&amp;"
            case "<": out += "&lt;"
            case ">": out += "&gt;"
            case "\"": out += "&quot;"
            case "\n", "\t": out.unicodeScalars.append(scalar)
            case _ where scalar.value < 32 || (0xFFFE...0xFFFF).contains(scalar.value): out += " "
            case _: out.unicodeScalars.append(scalar)
            }
        }
        return out
    }
}

extension JUnitReport.Suite {
    fileprivate init(_ report: DrillReport) {
        let cases = report.entries.filter { !$0.checks.isEmpty || $0.failure != nil }.map {
            entry in
            let problems =
                [entry.failure].compactMap { $0 }
                + entry.checks.filter { !$0.isMet }.flatMap { [$0.text] + $0.problems }
            return JUnitReport.Case(
                name: "step \(entry.number): \(entry.title)",
                failure: problems.isEmpty ? nil : problems.joined(separator: "\n"))
        }
        self.init(
            name: "drill.\(report.name)",
            cases: report.skipReason.map {
                [JUnitReport.Case(name: report.name, skipReason: $0)]
            } ?? cases,
            elapsed: report.elapsed, output: DrillTimeline.text(report))
    }
}
