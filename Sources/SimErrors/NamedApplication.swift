import SimCore

/// An application as messages print it: client id and display name.
package struct NamedApplication: Hashable, Sendable {
    package let id: GUID
    package let name: String

    package init(id: GUID, name: String) {
        self.id = id
        self.name = name
    }

    /// The two placeholders most messages share.
    var arguments: [String: AADSTSError.Argument] {
        ["appId": .text(id.description), "appName": .text(name)]
    }
}
