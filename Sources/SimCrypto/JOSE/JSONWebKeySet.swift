import SimCore

/// The RSA signature keys of a published key set. RFC 7517 §5; what is no such key is passed over,
/// as §5 asks.
package struct JSONWebKeySet: Sendable {
    package struct Key: Sendable {
        /// `kid`; nil where the set does not name its keys.
        package let id: String?
        package let publicKey: RSAPublicKey
    }

    /// Most keys read of one set.
    package static let keyLimit = 100

    package let keys: [Key]

    /// nil for a value that is no key set.
    package init?(_ value: JSONValue) {
        guard let members = value["keys"]?.arrayValue, members.count <= Self.keyLimit else {
            return nil
        }
        keys = members.compactMap(Self.key)
    }

    /// The key of that name; where neither side names it, the only one.
    package func key(_ id: String?) -> RSAPublicKey? {
        if let named = keys.first(where: { $0.id == id && id != nil }) { return named.publicKey }
        return id == nil && keys.count == 1 ? keys[0].publicKey : nil
    }

    private static func key(_ value: JSONValue) -> Key? {
        guard value["kty"] == "RSA", value["use"]?.stringValue ?? "sig" == "sig",
            let modulus = value["n"]?.stringValue.flatMap({ Base64.urlDecode($0) }),
            let exponent = value["e"]?.stringValue.flatMap({ Base64.urlDecode($0) }),
            // Numbers that make no key are no key of ours to use.
            let key = try? RSAPublicKey(modulus: modulus, exponent: exponent)
        else { return nil }
        return Key(id: value["kid"]?.stringValue, publicKey: key)
    }
}
