import SimCore

/// Walks through one body and replaces what a cassette does not keep.
struct CassetteScrubber {
    /// A name for a target id; nil for an id nobody is known to have.
    let label: (String) -> String?
    /// Values that are shown nowhere.
    let hidden: Set<String>
    /// A text without the job's own secret.
    let text: (String) -> String

    /// Shortest value that is also taken out of the middle of a longer text.
    private static let shortestPart = 4
    private static let secretNames: Set<String> = [
        "password", "secret", "token", "access_token", "refresh_token", "client_secret",
        "client_assertion",
    ]
    private static let referenceNames: Set<String> = ["manager", "members"]

    func scrubbed(_ value: JSONValue) -> JSONValue { walk(value, "", isReference: false) }

    /// `/Users/‹User ada@fabrikam.example›`: without the target's address, which says nothing
    /// about the endpoint.
    func location(_ address: String) -> String {
        var rest = address[...]
        if let scheme = rest.firstRange(ofText: "://") {
            let host = rest[scheme.upperBound...]
            rest = host.firstIndex(of: "/").map { host[$0...] } ?? "/"
        }
        let start = rest.lastIndex(of: "/").map { rest.index(after: $0) } ?? rest.startIndex
        let id = String(rest[start...])
        return text(String(rest[..<start])) + (label(id) ?? text(id))
    }

    private func walk(_ value: JSONValue, _ name: String, isReference: Bool) -> JSONValue {
        switch value {
        case .object(let object):
            let isMeta = name == "meta"
            // A PATCH operation says in its path what its value is about.
            let isAboutReference =
                isReference
                || object.member("path")?.stringValue.map { Self.isReference($0) } ?? false
            return .object(
                JSONObject(
                    object.members.map { member in
                        .init(
                            member.name,
                            isMeta
                                ? meta(member)
                                : walk(
                                    member.value, member.name,
                                    isReference: isAboutReference
                                        || Self.isReference(member.name)))
                    }))
        case .array(let items):
            return .array(items.map { walk($0, name, isReference: isReference) })
        case .string(let string): return .string(shown(string, name, isReference))
        case .int(let number):
            guard name == "id", let label = label(String(number)) else { return value }
            return .string(label)
        case .null, .bool, .double, .number: return value
        }
    }

    private func meta(_ member: JSONObject.Member) -> JSONValue {
        switch member.name {
        case "created", "lastModified": .string(CassetteNormaliser.time)
        case "version": .string(CassetteNormaliser.version)
        default: walk(member.value, member.name, isReference: false)
        }
    }

    private func shown(_ string: String, _ name: String, _ isReference: Bool) -> String {
        if Self.secretNames.contains(name.lowercased()) { return CassetteNormaliser.secret }
        if hidden.contains(string) { return RedactedText.mark }
        switch name {
        case "$ref", "location": return location(string)
        case "id": return label(string) ?? text(string)
        case "path" where isReference: return labelled(path: string)
        default:
            if isReference, let label = label(string) { return label }
        }
        var shown = text(string)
        for value in hidden where value.count >= Self.shortestPart {
            shown = shown.replacingOccurrences(of: value, with: RedactedText.mark)
        }
        return shown
    }

    /// `members[value eq "‹User ada@fabrikam.example›"]`
    private func labelled(path: String) -> String {
        path.split(separator: "\"", omittingEmptySubsequences: false).enumerated()
            .map { $0 % 2 == 1 ? label(String($1)) ?? String($1) : String($1) }
            .joined(separator: "\"")
    }

    /// `members`, `manager`, `urn:…:User:manager`, `members[value eq "5"]`
    private static func isReference(_ name: String) -> Bool {
        let last = name.split(separator: ":").last ?? ""
        let word = last.prefix { $0 != "[" && $0 != "." }
        return referenceNames.contains(word.lowercased())
    }
}
