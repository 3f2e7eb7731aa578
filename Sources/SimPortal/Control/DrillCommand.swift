/// What may be done with drills.
package enum DrillCommand: Hashable, Sendable {
    /// Every drill that is known, by name.
    case list
    /// Plays one in a simulator of its own; answered with its report when it has ended.
    case run(String, DrillTarget?)
}

/// A SCIM service a drill is played against instead of the embedded sample app.
package struct DrillTarget: Hashable, Sendable {
    package let url: String
    package let token: String?

    package init(url: String, token: String?) {
        self.url = url
        self.token = token
    }
}
