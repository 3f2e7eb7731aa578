import SimCore
import SimFaults

/// What may be done with the defects of a sample app. `target` is the app's path segment or
/// display name.
package enum DefectCommand: Hashable, Sendable {
    case list(target: String)
    case turnOn(target: String, name: String, settings: JSONObject)
    case turnOff(target: String, name: String)
    /// Every one of them.
    case heal(target: String)
}
