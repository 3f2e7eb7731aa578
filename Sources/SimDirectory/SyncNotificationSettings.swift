import SimCore

/// The secret `SyncNotificationSettings` of a provisioning job. provisioning.md §3, §6.3.
package struct SyncNotificationSettings: Hashable, Sendable {
    /// Threshold of the portal's form before anybody changes it.
    package static let defaultDeleteThreshold = 500

    /// Whether mails are sent at all.
    package var isEnabled: Bool
    /// Addresses as typed, separated by commas or semicolons.
    package var recipients: String
    /// Disables and deletes of one cycle above which they are held back; nil while switched off.
    package var deleteThreshold: Int?

    package init(
        isEnabled: Bool = false, recipients: String = "", deleteThreshold: Int? = nil
    ) {
        self.isEnabled = isEnabled
        self.recipients = recipients
        self.deleteThreshold = deleteThreshold
    }

    /// The single addresses.
    package var addresses: [String] {
        recipients.split { $0 == "," || $0 == ";" || $0 == " " }.map(String.init)
    }

    /// The stored form, members in the order the service writes them [W].
    package var json: JSONObject {
        var object: JSONObject = [
            "Enabled": .bool(isEnabled), "DeleteThresholdEnabled": .bool(deleteThreshold != nil),
        ]
        guard self != SyncNotificationSettings() else { return object }
        object.append("HumanResourcesLookaheadQueryEnabled", .bool(false))
        object.append("Recipients", .string(recipients))
        if let deleteThreshold {
            object.append("DeleteThresholdValue", .int(Int64(deleteThreshold)))
        }
        return object
    }

    /// From the stored form; a missing member means off. nil when it is no object, or the
    /// threshold is below 1.
    package init?(_ json: JSONValue) {
        guard json.objectValue != nil else { return nil }
        self.init(
            isEnabled: json["Enabled"]?.boolValue ?? false,
            recipients: json["Recipients"]?.stringValue ?? "")
        guard json["DeleteThresholdEnabled"]?.boolValue ?? false else { return }
        let value = json["DeleteThresholdValue"]?.intValue ?? Int64(Self.defaultDeleteThreshold)
        guard let threshold = Int(exactly: value), threshold > 0 else { return nil }
        deleteThreshold = threshold
    }
}
