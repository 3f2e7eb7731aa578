import SimCore

/// Where a target gives out access tokens. provisioning.md §10.1.
package struct TokenEndpointAddress: Hashable, Sendable {
    /// `https://host[:port]`
    package let origin: String
    /// Path and query, as entered.
    package let target: String

    /// The whole address, for texts.
    package var url: String { origin + target }

    /// - Parameter origin: replaces `{origin}` at the start: the simulator's own address.
    package init(
        parsing text: String, origin: String
    ) throws(TargetAddress.ParseError) {
        let address = try TargetAddress(parsing: text, origin: origin)
        self.origin = address.origin
        let placeholder = "{origin}"
        let whole = text.hasPrefix(placeholder) ? text.dropFirst(placeholder.count) : text[...]
        // What was parsed has an authority unless the placeholder stood for it.
        let rest =
            whole.count < text.count
            ? whole : whole.drop { $0 != ":" }.dropFirst(3).drop { $0 != "/" && $0 != "?" }
        let target = rest.prefix { $0 != "#" }
        self.target = target.hasPrefix("/") ? String(target) : "/" + target
    }
}
