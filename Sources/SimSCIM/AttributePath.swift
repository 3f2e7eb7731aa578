/// The name of an attribute as filters, `attributes` and PATCH write it:
/// `userName`, `name.givenName`, `urn:…:enterprise:2.0:User:manager.value`. RFC 7644 §3.10.
package struct AttributePath: Hashable, Sendable {
    /// The schema URN in front, as written; nil when there is none.
    package var schema: String?
    package var name: String
    package var subAttribute: String?

    package init(schema: String? = nil, _ name: String, _ subAttribute: String? = nil) {
        self.schema = schema
        self.name = name
        self.subAttribute = subAttribute
    }

    /// Parses `[urn:…:]name[.sub]`; nil when it is not one.
    package init?(_ text: some StringProtocol) {
        let (schema, rest) = Self.splitSchema(Substring(text))
        guard let rest else { return nil }
        let pieces = rest.split(separator: ".", omittingEmptySubsequences: false)
        guard pieces.count == 1 || pieces.count == 2, pieces.allSatisfy({ Self.isName($0) }) else {
            return nil
        }
        self.init(schema: schema, String(pieces[0]), pieces.count == 2 ? String(pieces[1]) : nil)
    }

    /// Splits a schema URN from what follows it. The rest is nil when the text is a URN alone:
    /// the colon before the last piece is preceded by a version, as in `…:2.0:User`.
    static func splitSchema(_ text: Substring) -> (schema: String?, rest: Substring?) {
        guard text.utf8.count > 4, SCIMName.isSame(text.prefix(4), "urn:"),
            let colon = lastColon(text)
        else { return (nil, text) }
        let front = text[..<colon]
        let version = front.split(separator: ":").last ?? ""
        if !version.isEmpty, version.utf8.allSatisfy({ $0 == 46 || (48...57).contains($0) }) {
            return (String(text), nil)
        }
        return (String(front), text[text.index(after: colon)...])
    }

    /// The last colon outside a value filter: a filter's text may hold colons of its own.
    private static func lastColon(_ text: Substring) -> Substring.Index? {
        text.prefix { $0 != "[" }.lastIndex(of: ":")
    }

    /// `ALPHA *(ALPHA / DIGIT / "-" / "_")`, and `$ref`. RFC 7644 §3.4.2.2 `ATTRNAME`.
    static func isName(_ text: some StringProtocol) -> Bool {
        var isFirst = true
        for byte in text.utf8 {
            let isLetter = (65...90).contains(byte) || (97...122).contains(byte)
            let isLater = (48...57).contains(byte) || byte == 45 || byte == 95
            guard isLetter || (isFirst ? byte == 36 : isLater) else { return false }
            isFirst = false
        }
        return !isFirst
    }
}

extension AttributePath: CustomStringConvertible {
    package var description: String {
        (schema.map { $0 + ":" } ?? "") + name + (subAttribute.map { "." + $0 } ?? "")
    }
}
