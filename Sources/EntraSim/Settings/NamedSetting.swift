import SimCore
import SimPortal

/// A setting that a person gives by name, on the command line or in a fixture.
protocol NamedSetting: RawRepresentable<String>, CaseIterable, Sendable {
    associatedtype Settings

    /// What the settings belong to, as in "has no setting 'x'".
    static var owner: String { get }
    /// What a value looks like, and how it is put in its place.
    var value: SettingValue<Settings> { get }
}

/// What a value of a setting looks like, and how it is put in its place.
enum SettingValue<Settings> {
    case flag(WritableKeyPath<Settings, Bool>)
    case count(WritableKeyPath<Settings, Int>, ClosedRange<Int>)
    case duration(WritableKeyPath<Settings, Duration>)
    case word([String], (inout Settings, String) -> Void)
    /// Of a form of its own, which the text describes to people; false for what has not that form.
    case text(String, (inout Settings, String) -> Bool)

    static func choice<Choice: RawRepresentable<String> & CaseIterable>(
        _ place: WritableKeyPath<Settings, Choice>
    ) -> SettingValue {
        .word(Choice.allCases.map(\.rawValue)) { settings, text in
            if let choice = Choice(rawValue: text) { settings[keyPath: place] = choice }
        }
    }
}

/// Why a setting was not taken: one line for a person, and what to write instead.
struct SettingRefusal: Error, Hashable, Sendable {
    let message: String
    let hint: String
}

extension NamedSetting {
    /// Puts `text` in its place; false for a text that is no value of the setting.
    func set(_ text: String, in settings: inout Settings) -> Bool {
        switch value {
        case .flag(let place):
            guard let isOn = Bool(text) else { return false }
            settings[keyPath: place] = isOn
        case .count(let place, let bounds):
            guard let number = Int(text), bounds.contains(number) else { return false }
            settings[keyPath: place] = number
        case .duration(let place):
            guard let duration = DurationText.parse(text), duration > .zero else { return false }
            settings[keyPath: place] = duration
        case .word(let words, let put):
            guard words.contains(text) else { return false }
            put(&settings, text)
        case .text(_, let put): return put(&settings, text)
        }
        return true
    }

    /// What may stand for the value, for people.
    var values: String {
        switch value {
        case .flag: "true or false"
        case .count(_, let bounds): "a number from \(bounds.lowerBound) to \(bounds.upperBound)"
        case .duration: "a duration such as 90s, 40m, 6h or 2d"
        case .word(let words, _): words.joined(separator: " or ")
        case .text(let form, _): form
        }
    }

    /// Sets one by its name.
    static func set(
        _ name: String, _ text: String, in settings: inout Settings
    ) throws(SettingRefusal) {
        guard let setting = Self(rawValue: name) else {
            let known = allCases.map(\.rawValue)
            throw SettingRefusal(
                message: "the \(owner) has no setting '\(name)'",
                hint: NearestName.of(name, in: known).map { "did you mean '\($0)'?" }
                    ?? "there are " + known.sorted().joined(separator: ", "))
        }
        guard setting.set(text, in: &settings) else {
            throw SettingRefusal(
                message: "'\(text)' is no value of the \(owner)'s setting '\(name)'",
                hint: "write \(setting.values)")
        }
    }

    /// Sets all of them, in the order of their names.
    static func apply(
        _ named: [String: String], to settings: inout Settings
    ) throws(SimulatorFailure) {
        for (name, text) in named.sorted(by: { $0.key < $1.key }) {
            do throws(SettingRefusal) {
                try set(name, text, in: &settings)
            } catch {
                throw SimulatorFailure(error.message, hint: error.hint)
            }
        }
    }
}
