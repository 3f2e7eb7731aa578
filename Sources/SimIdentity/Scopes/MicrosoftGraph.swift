import SimCore
import SimDirectory

/// How requests name Graph, the resource of scopes without a prefix. identity-platform.md §3.3.
enum MicrosoftGraph {
    static let appID = BuiltInApplications.graphAppID
    static let resourceURI = "https://graph.microsoft.com"

    /// Whether a resource name means Graph; nil is the short form.
    static func isNamed(_ name: String?) -> Bool {
        guard let name else { return true }
        return name == resourceURI || name == resourceURI + "/"
            || name.lowercased() == appID.description
    }
}
