import SimCore
import SimHTTP

/// Where a mapping writes: `userName`, `name.givenName`, `emails[type eq "work"].value` or
/// `urn:…:User:department`. mapping-expressions.md §7.3, §10.
package struct TargetPath: Hashable, Sendable {
    /// The item of a multi-valued attribute: the one whose `attribute` equals `value`.
    package struct Selector: Hashable, Sendable {
        package let attribute: String
        package let value: String
    }

    /// As the mapping spells it.
    package let text: String
    /// The extension's URN; nil for a core attribute.
    package let extensionURN: String?
    package let attribute: String
    package let selector: Selector?
    package let subAttribute: String?

    package enum ParseError: Error, Hashable, Sendable {
        case empty
        case malformedFilter
        case malformed

        package var explanation: String {
            switch self {
            case .empty: "the target attribute has no name"
            case .malformedFilter: "expected a filter such as [type eq \"work\"]"
            case .malformed: "not a target attribute"
            }
        }
    }

    private static let coreURNs = [ObjectNames.coreUser, ObjectNames.coreGroup]

    package init(parsing text: String) throws(ParseError) {
        guard !text.isEmpty else { throw .empty }
        self.text = text
        var rest = text[...]
        var urn: String?
        if text.lowercased().hasPrefix("urn:") {
            let head = text.prefix { $0 != "[" }
            guard let colon = head.lastIndex(of: ":") else { throw .malformed }
            urn = String(text[..<colon])
            rest = text[text.index(after: colon)...]
        }
        extensionURN = urn.flatMap { Self.coreURNs.contains($0) ? nil : $0 }
        let name = rest.prefix { $0 != "[" && $0 != "." }
        guard !name.isEmpty else { throw .malformed }
        attribute = String(name)
        rest = rest.dropFirst(name.count)
        if rest.hasPrefix("[") {
            guard let end = rest.lastIndex(of: "]") else { throw .malformedFilter }
            selector = try Self.selector(rest[rest.index(after: rest.startIndex)..<end])
            rest = rest[rest.index(after: end)...]
        } else {
            selector = nil
        }
        guard !rest.isEmpty else {
            subAttribute = nil
            return
        }
        guard rest.hasPrefix("."), rest.count > 1 else { throw .malformed }
        subAttribute = String(rest.dropFirst())
    }

    /// `type eq "work"`
    private static func selector(_ text: Substring) throws(ParseError) -> Selector {
        let parts = text.split(separator: " ", maxSplits: 2)
        guard parts.count == 3, parts[1].lowercased() == "eq", parts[2].count >= 2,
            parts[2].hasPrefix("\""), parts[2].hasSuffix("\"")
        else { throw .malformedFilter }
        return Selector(
            attribute: String(parts[0]), value: String(parts[2].dropFirst().dropLast()))
    }

    /// The path as a PATCH spells it; jobs from before 2018 put a dot before an attribute of an
    /// extension. provisioning.md §1.1.
    func wireText(isLegacy: Bool) -> String {
        guard isLegacy, let extensionURN else { return text }
        return extensionURN + "." + text.dropFirst(extensionURN.count + 1)
    }

    /// The path as the log prints it in an export step: without `.` and `:`.
    /// provisioning.md §5.1 [W].
    package var logKey: String { text.filter { $0 != "." && $0 != ":" } }

    /// The value there in `resource`; nil when it has none. Names are compared without case.
    package func value(in resource: JSONObject) -> JSONValue? {
        var container = resource
        if let extensionURN {
            guard let inner = resource.member(extensionURN)?.objectValue else { return nil }
            container = inner
        }
        guard var value = container.member(attribute) else { return nil }
        if let selector {
            let items = value.arrayValue ?? (value.objectValue == nil ? [] : [value])
            guard let item = items.first(where: { selector.selects($0) }) else { return nil }
            value = item
        }
        if let subAttribute { return value.objectValue?.member(subAttribute) }
        return value
    }
}

extension TargetPath.Selector {
    func selects(_ item: JSONValue) -> Bool {
        guard let found = item.objectValue?.member(attribute)?.scalarText else { return false }
        return found.lowercased() == value.lowercased()
    }

    /// The value the selected item carries: `primary` is a Boolean, everything else text.
    var json: JSONValue {
        if attribute == "primary" { return .bool(value.lowercased() == "true") }
        return .string(value)
    }
}

extension JSONObject {
    /// The member of that name, exact first: most targets keep the case they were sent.
    func member(_ name: String) -> JSONValue? {
        self[name] ?? members.last { HTTPHeaders.isSame($0.name, name) }?.value
    }
}

extension JSONValue {
    /// A single value as the mapping language prints it; nil for null, a list and an object.
    var scalarText: String? {
        switch self {
        case .string(let text): text
        case .bool(let flag): flag ? "True" : "False"
        case .int(let number): String(number)
        case .double, .number: text
        case .null, .array, .object: nil
        }
    }
}
