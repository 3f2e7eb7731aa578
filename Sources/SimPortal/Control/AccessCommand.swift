import SimCore
import SimDirectory

/// Edits and views of Conditional Access. Policies and locations are named by display name or id;
/// what they say is Graph's JSON, with natural names where Graph has ids.
package enum AccessCommand: Hashable, Sendable {
    case listPolicies
    case showPolicy(String)
    case addPolicy(JSONObject)
    /// Members that are given replace the policy's own.
    case setPolicy(String, JSONObject)
    case deletePolicy(String)
    case listLocations
    case showLocation(String)
    case addLocation(JSONObject)
    case setLocation(String, JSONObject)
    case deleteLocation(String)
}

/// Which attempts of the sign-in log are wanted: the newest `limit`, oldest first.
package struct SignInQuery: Hashable, Sendable {
    package static let limitBounds = 1...1_000

    /// How an attempt ended.
    package enum Status: String, CaseIterable, Sendable {
        case success, failure
        /// A page asked for more; the flow may have gone on.
        case interrupted
    }

    /// Part of the user principal name or display name, or an object id; compared without case.
    package var user: String?
    /// The same of an app or its client id.
    package var app: String?
    package var status: Status?
    package var errorCode: Int?
    package var isInteractive: Bool?
    package var correlationID: GUID?
    /// Only attempts with a higher number.
    package var after: UInt64?
    package var limit = 100

    package init() {}
}
