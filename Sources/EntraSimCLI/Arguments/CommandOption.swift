import SimCore
import SimPortal

/// Why an option's value cannot be used: `not a port`, and what to write instead.
struct OptionProblem: Error, Hashable, Sendable {
    let problem: String
    let hint: String?

    init(_ problem: String, hint: String? = nil) {
        self.problem = problem
        self.hint = hint
    }
}

/// An option with the type of its value. Flags are options of `Bool` without a placeholder.
struct CommandOption<Value: Sendable>: Sendable {
    let name: String
    /// What stands for the value in the help; nil for a flag.
    let placeholder: String?
    let help: String
    let isRepeatable: Bool
    let parse: @Sendable (String) throws(OptionProblem) -> Value

    /// The option without its type, for lists.
    var any: AnyOption {
        AnyOption(
            name: name, placeholder: placeholder, help: help, isRepeatable: isRepeatable,
            check: { text throws(OptionProblem) in _ = try parse(text) })
    }
}

/// An option in a command's list.
struct AnyOption: Sendable {
    let name: String
    let placeholder: String?
    let help: String
    let isRepeatable: Bool
    let check: @Sendable (String) throws(OptionProblem) -> Void

    /// `--port N`
    var usage: String { placeholder.map { "\(name) \($0)" } ?? name }
}

extension CommandOption {
    /// The same option with another explanation.
    func explained(_ help: String) -> Self {
        Self(
            name: name, placeholder: placeholder, help: help, isRepeatable: isRepeatable,
            parse: parse)
    }

    /// The same option, allowed more than once.
    var repeatable: Self {
        Self(
            name: name, placeholder: placeholder, help: help, isRepeatable: true, parse: parse)
    }
}

extension CommandOption where Value == Bool {
    static func flag(_ name: String, _ help: String) -> Self {
        Self(name: name, placeholder: nil, help: help, isRepeatable: false) { _ in true }
    }
}

extension CommandOption where Value == String {
    /// Any text but the empty one.
    static func text(_ name: String, _ placeholder: String, _ help: String) -> Self {
        Self(name: name, placeholder: placeholder, help: help, isRepeatable: false) {
            text throws(OptionProblem) in
            guard !text.isEmpty else { throw OptionProblem("needs a value") }
            return text
        }
    }

    /// An address with scheme and host.
    static func url(_ name: String, _ help: String) -> Self {
        Self(name: name, placeholder: "URL", help: help, isRepeatable: false) {
            text throws(OptionProblem) in
            let lower = text.lowercased()
            let rest = ["https://", "http://"].first { lower.hasPrefix($0) }
                .map { text.dropFirst($0.count) }
            guard let rest, let first = rest.first, first != "/", !rest.contains(" ") else {
                throw OptionProblem("is not an address", hint: "write it as https://localhost:8443")
            }
            return text
        }
    }

    /// An address that may begin with `{origin}`, the simulator's own.
    static func urlOrOwn(_ name: String, _ help: String) -> Self {
        let plain = url(name, help)
        return Self(name: name, placeholder: "URL", help: help, isRepeatable: false) {
            text throws(OptionProblem) in
            text.hasPrefix("{origin}/") ? text : try plain.parse(text)
        }
    }
}

extension CommandOption where Value == Int {
    static func number(
        _ name: String, _ help: String, in bounds: ClosedRange<Int>
    ) -> Self {
        Self(name: name, placeholder: "N", help: help, isRepeatable: false) {
            text throws(OptionProblem) in
            guard let number = Int(text), bounds.contains(number) else {
                throw OptionProblem(
                    "is not a number from \(bounds.lowerBound) to \(bounds.upperBound)")
            }
            return number
        }
    }
}

extension CommandOption where Value == UInt64 {
    static func seed(_ help: String) -> Self {
        Self(name: "--seed", placeholder: "N", help: help, isRepeatable: false) {
            text throws(OptionProblem) in
            guard let number = UInt64(text) else { throw OptionProblem("is not a whole number") }
            return number
        }
    }
}

extension CommandOption where Value == Duration {
    static func duration(_ name: String, _ help: String) -> Self {
        Self(name: name, placeholder: "D", help: help, isRepeatable: false) {
            text throws(OptionProblem) in
            guard let duration = DurationText.parse(text), duration > .zero else {
                throw OptionProblem("is not a duration", hint: "write it as 40m, 6h or 2d")
            }
            return duration
        }
    }
}

extension CommandOption where Value == Timestamp {
    static func instant(_ name: String, _ help: String) -> Self {
        Self(name: name, placeholder: "INSTANT", help: help, isRepeatable: false) {
            text throws(OptionProblem) in
            guard let time = Timestamp(iso8601: text) else {
                throw OptionProblem("is not an instant", hint: "write it as 2026-01-05T08:00:00Z")
            }
            return time
        }
    }
}

extension CommandOption where Value: RawRepresentable<String> & CaseIterable {
    /// One of a closed set of words.
    ///
    /// - Parameter placeholder: stands for the words where they are too long for a help page.
    static func choice(_ name: String, _ help: String, placeholder: String? = nil) -> Self {
        let known = Value.allCases.map(\.rawValue)
        return Self(
            name: name, placeholder: placeholder ?? known.joined(separator: "|"), help: help,
            isRepeatable: false
        ) { text throws(OptionProblem) in
            guard let value = Value(rawValue: text) else {
                throw OptionProblem(
                    "is not one of \(known.joined(separator: ", "))",
                    hint: NearestName.of(text, in: known).map { "did you mean '\($0)'?" })
            }
            return value
        }
    }
}
