import SimCore

/// Choices where the published material contradicts itself or leaves the answer open. The values
/// given here are the defaults. mapping-expressions.md §6.
package struct ExpressionSettings: Hashable, Sendable {
    /// What `IIF` does when an attribute read in its condition is null or empty.
    package enum NullCondition: String, CaseIterable, Sendable {
        /// Evaluates the condition with null as the empty text: what the guides print.
        case natural
        /// The whole `IIF` is null: what the function reference says.
        case documented
    }

    /// Which attribute `Replace` with `replacementAttributeName` prefers.
    package enum ReplacementAttribute: String, CaseIterable, Sendable {
        /// A source with a value is returned as it is.
        case whenSourceIsEmpty
        /// The inverse, as the cloud-sync page has it: without a source there is no value.
        case whenSourceHasValue
    }

    /// What `SingleAppRoleAssignment` does with several roles.
    package enum SeveralRoles: String, CaseIterable, Sendable {
        case error
        /// The first one: "no guarantee which role is provisioned".
        case first
    }

    package var iifNullCondition = NullCondition.natural
    package var replacementAttribute = ReplacementAttribute.whenSourceIsEmpty
    package var severalRoles = SeveralRoles.error
    /// Functions that only cloud sync documents are known.
    package var cloudSyncFunctions = false
    /// `FormatDateTime` may be called without `dateTimeStyles`.
    package var formatDateTimeWithoutStyles = false
    /// `Split` takes the white space off its items.
    package var splitTrimsItems = true
    /// `PCase` without separators starts a new word after an apostrophe.
    package var apostropheSeparatesWords = false
    /// The documented defect of incremental cycles: a `Switch` whose source did not change is null.
    /// Not a job's setting: the change log does not tell attributes apart.
    package var switchNullOnUnchangedSource = false

    package init() {}

    package static let standard = ExpressionSettings()
}

extension ExpressionSettings {
    /// A job's setting as fixtures, the control API and the command line name it.
    package enum Name: String, CaseIterable, Sendable {
        case iifNullCondition, replacementAttribute, severalRoles, cloudSyncFunctions,
            formatDateTimeWithoutStyles, splitTrimsItems, apostropheSeparatesWords

        /// The values it can have, `true` and `false` included.
        package var values: [String] {
            switch self {
            case .iifNullCondition: NullCondition.allCases.map(\.rawValue)
            case .replacementAttribute: ReplacementAttribute.allCases.map(\.rawValue)
            case .severalRoles: SeveralRoles.allCases.map(\.rawValue)
            case .cloudSyncFunctions, .formatDateTimeWithoutStyles, .splitTrimsItems,
                .apostropheSeparatesWords:
                ["true", "false"]
            }
        }
    }

    /// The value of a setting as text.
    package subscript(name: Name) -> String {
        switch name {
        case .iifNullCondition: iifNullCondition.rawValue
        case .replacementAttribute: replacementAttribute.rawValue
        case .severalRoles: severalRoles.rawValue
        case .cloudSyncFunctions: String(cloudSyncFunctions)
        case .formatDateTimeWithoutStyles: String(formatDateTimeWithoutStyles)
        case .splitTrimsItems: String(splitTrimsItems)
        case .apostropheSeparatesWords: String(apostropheSeparatesWords)
        }
    }

    /// Changes a setting; false for a text that is none of its `values`.
    package mutating func set(_ name: Name, to text: String) -> Bool {
        guard name.values.contains(text) else { return false }
        let isOn = text == "true"
        switch name {
        case .iifNullCondition:
            iifNullCondition = NullCondition(rawValue: text) ?? iifNullCondition
        case .replacementAttribute:
            replacementAttribute = ReplacementAttribute(rawValue: text) ?? replacementAttribute
        case .severalRoles: severalRoles = SeveralRoles(rawValue: text) ?? severalRoles
        case .cloudSyncFunctions: cloudSyncFunctions = isOn
        case .formatDateTimeWithoutStyles: formatDateTimeWithoutStyles = isOn
        case .splitTrimsItems: splitTrimsItems = isOn
        case .apostropheSeparatesWords: apostropheSeparatesWords = isOn
        }
        return true
    }

    /// What differs from the defaults, flags as JSON flags.
    package var json: JSONObject {
        var object = JSONObject()
        for name in Name.allCases where self[name] != Self.standard[name] {
            let text = self[name]
            object.append(
                name.rawValue,
                text == "true" ? true : text == "false" ? false : .string(text))
        }
        return object
    }

    /// From the stored form; what is not there or not known has its default.
    package init(_ json: JSONValue) {
        self.init()
        for name in Name.allCases {
            guard let value = json[name.rawValue] else { continue }
            let text = value.stringValue ?? value.boolValue.map { String($0) } ?? ""
            if !set(name, to: text) { continue }
        }
    }
}
