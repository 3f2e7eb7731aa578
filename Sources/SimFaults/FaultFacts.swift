/// What is known about a request before it is handled. Names are in lower case, in every spelling
/// a person may use: a tenant's name, domains and id; an app's client id and display name.
package struct FaultFacts: Hashable, Sendable {
    package struct Header: Hashable, Sendable {
        /// Lower case.
        package let name: String
        package let value: String

        package init(name: String, value: String) {
            self.name = name.lowercased()
            self.value = value
        }
    }

    package var site: FaultSite
    package var method: String
    /// Without query, as on the wire.
    package var path: String
    package var tenants: Set<String> = []
    package var apps: Set<String> = []
    package var users: Set<String> = []
    package var groups: Set<String> = []
    /// The client's address without port.
    package var address = ""
    package var headers: [Header] = []
    /// `grant_type` of a token request, as sent.
    package var grant: String?
    package var operation: FaultOperation?
    package var object: FaultObject?

    package init(site: FaultSite, method: String, path: String) {
        self.site = site
        self.method = method
        self.path = path
    }
}
