import SimCore

/// A place that policies name. identity-platform.md §8.1.
package struct NamedLocation: Hashable, Sendable {
    package enum Kind: Hashable, Sendable {
        case addresses([AddressRange], isTrusted: Bool)
        /// Two-letter codes in upper case.
        case countries([String], includesUnknown: Bool)
    }

    package let id: NamedLocationID
    package var displayName: String
    package var kind: Kind
    package let createdAt: Timestamp

    package init(id: NamedLocationID, displayName: String, kind: Kind, createdAt: Timestamp) {
        self.id = id
        self.displayName = displayName
        self.kind = kind
        self.createdAt = createdAt
    }

    package var isTrusted: Bool {
        switch kind {
        case .addresses(_, let isTrusted): isTrusted
        case .countries: false
        }
    }

    /// Whether a person at this address and in this country is there.
    package func contains(address: IPAddress?, country: String?) -> Bool {
        switch kind {
        case .addresses(let ranges, _):
            address.map { address in ranges.contains { $0.contains(address) } } ?? false
        case .countries(let codes, let includesUnknown):
            country.map { codes.contains($0.uppercased()) } ?? includesUnknown
        }
    }
}
