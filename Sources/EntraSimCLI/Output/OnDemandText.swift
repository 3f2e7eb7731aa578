import SimCore

/// What provisioning on demand answered, for people. provisioning.md §4.
enum OnDemandText {
    static func steps(_ answer: JSONValue) -> String {
        let key = answer["key"]
        let value = answer["value"]
        let name = value?["reportableIdentifier"]?.stringValue ?? ""
        var text = "\(name): \(key?["result"]?.stringValue ?? "")"
        if let action = value?["action"]?.stringValue, action != "Other" {
            text += " (\(action.lowercased()))"
        }
        text += "\n"
        for step in value?["provisioningSteps"]?.arrayValue ?? [] {
            let type = step["type"]?.stringValue ?? ""
            let status = step["status"]?.stringValue ?? ""
            let description = step["description"]?.stringValue ?? ""
            text += "  \(type) \(status.lowercased()): \(description)\n"
        }
        for property in value?["modifiedProperties"]?.arrayValue ?? [] {
            let name = property["displayName"]?.stringValue ?? ""
            let old = property["oldValue"]?.stringValue.map { "\($0) -> " } ?? ""
            text += "    \(name): \(old)\(property["newValue"]?.stringValue ?? "(none)")\n"
        }
        if let message = key?["details"]?["errorMessage"]?.stringValue {
            text += "  \(key?["details"]?["errorCode"]?.stringValue ?? ""): \(message)\n"
        }
        return text
    }
}
