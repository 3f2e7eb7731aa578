import SimCore
import SimDirectory

/// One expression with its input and what it must give: a row of a case file.
/// mapping-expressions.md §12.
package struct ExpressionCase: Sendable {
    /// How sure the expectation is.
    package enum Source: String, CaseIterable, Sendable {
        /// Printed by the service's documentation, or fixed by a stated rule.
        case docs
        /// Follows from rules or from the named .NET and Visual Basic routines.
        case derived
        /// A choice where public sources are silent; reported, never a failure.
        case unverified
    }

    /// What the value is compared with.
    package enum Expectation: Hashable, Sendable {
        case value(JSONValue)
        /// A category such as `ParseError`.
        case error(String)
        /// A .NET pattern for random results.
        case pattern(String)
    }

    package let function: String
    package let expression: String
    package let attributes: JSONObject
    package let expectation: Expectation
    package let source: Source
    let now: Timestamp?
    let takenValues: [String]

    /// Why a file is no case file: the place and what was expected there.
    package struct FormatError: Error, Hashable, Sendable {
        package let path: String
        package let expected: String

        package var explanation: String { "\(path): expected \(expected)" }
    }

    /// Reads a whole file: an array of cases.
    package static func all(in json: JSONValue) throws(FormatError) -> [ExpressionCase] {
        guard let items = json.arrayValue else {
            throw FormatError(path: "file", expected: "an array of cases")
        }
        var cases: [ExpressionCase] = []
        for (index, item) in items.enumerated() {
            cases.append(try ExpressionCase(item, path: "[\(index)]"))
        }
        return cases
    }

    private init(_ json: JSONValue, path: String) throws(FormatError) {
        guard let object = json.objectValue else {
            throw FormatError(path: path, expected: "an object")
        }
        guard let expression = object["expression"]?.stringValue else {
            throw FormatError(path: path + ".expression", expected: "a text")
        }
        let named = object["source"]?.stringValue ?? Source.derived.rawValue
        guard let source = Source(rawValue: named) else {
            throw FormatError(
                path: path + ".source",
                expected: Source.allCases.map(\.rawValue).joined(separator: ", "))
        }
        function = object["function"]?.stringValue ?? ""
        self.expression = expression
        attributes = object["attributes"]?.objectValue ?? JSONObject()
        self.source = source
        takenValues =
            object["existingTargetValues"]?.arrayValue?.compactMap(\.stringValue) ?? []
        if let text = object["now"]?.stringValue {
            guard let time = Timestamp(iso8601: text) else {
                throw FormatError(path: path + ".now", expected: "an instant")
            }
            now = time
        } else {
            now = nil
        }
        if let category = object["error"]?.stringValue {
            expectation = .error(category)
        } else if let pattern = object["expectedPattern"]?.stringValue {
            expectation = .pattern(pattern)
        } else {
            expectation = .value(object["expected"] ?? .null)
        }
    }
}

extension ExpressionCase {
    /// What came out of a case.
    package enum Outcome: Hashable, Sendable {
        case passed
        /// What was given instead, for a person.
        case failed(String)
    }

    /// Evaluates the case with the settings it needs: functions of cloud sync are known, the
    /// default domain is contoso.com.
    package func run(_ settings: ExpressionSettings = .standard) -> Outcome {
        var settings = settings
        settings.cloudSyncFunctions = true
        let taken = Set(takenValues)
        let context = ExpressionContext(
            now: now ?? ExpressionContext.standard.now, defaultDomain: "contoso.com",
            random: SeededRandom(seed: 1), settings: settings, isTaken: { taken.contains($0) })
        do throws(ExpressionSyntaxError) {
            let parsed = try ExpressionParser.parse(expression, settings: settings)
            do throws(ExpressionEvaluationError) {
                return judge(
                    try parsed.evaluated(for: ExpressionInput(attributes, context: context)))
            } catch {
                return judge(error.kind.rawValue, error.explanation)
            }
        } catch {
            return judge(error.category, error.explanation)
        }
    }

    private func judge(_ category: String, _ explanation: String) -> Outcome {
        expectation == .error(category) ? .passed : .failed("\(category): \(explanation)")
    }

    private func judge(_ value: ExpressionValue) -> Outcome {
        let isRight: Bool
        switch expectation {
        case .error: isRight = false
        case .pattern(let text):
            // A pattern that is none fails the case.
            let pattern = try? DotNetPattern(text)
            isRight = (try? pattern?.matches(value.text ?? "")) ?? false
        case .value(let expected): isRight = isSame(value, expected)
        }
        return isRight ? .passed : .failed(value.shown)
    }

    /// Compares by type and by code unit. Dates are written as text; so are file times, which are
    /// larger than a JSON number may be.
    private func isSame(_ value: ExpressionValue, _ expected: JSONValue) -> Bool {
        switch value {
        case .null: expected.isNull
        case .string(let text): isSame(text, expected)
        case .date: isSame(value.text ?? "", expected)
        case .integer(let number):
            expected == .int(number)
                || function == "NumFromDate" && expected == .string(String(number))
        case .boolean(let flag): expected == .bool(flag)
        case .list(let values):
            expected.arrayValue.map { items in
                items.count == values.count && zip(values, items).allSatisfy(isSame)
            } ?? false
        case .ignoreAttribute: expected["$flow"]?.stringValue == "ignoreAttribute"
        case .ignoreObject: expected["$flow"]?.stringValue == "ignoreObject"
        }
    }

    private func isSame(_ text: String, _ expected: JSONValue) -> Bool {
        expected.stringValue?.utf8.elementsEqual(text.utf8) ?? false
    }
}

extension ExpressionSyntaxError {
    /// The category of case files.
    package var category: String {
        switch self {
        case .unknownFunction, .cloudSyncFunction: "UnknownFunction"
        case .argumentCount: "ArgumentCount"
        case .notTopLevel: "NotTopLevel"
        case .unexpected, .unexpectedEnd, .unterminatedText, .unterminatedAttribute,
            .wrongQuotationMark, .unknownWord, .numberOutOfRange, .tooLong, .nestedTooDeeply:
            "ParseError"
        }
    }
}
