/// The members of a JSON object in the order written. Duplicate names are kept; the last one wins
/// a look-up, as in every common parser.
package struct JSONObject: Hashable, Sendable {
    package struct Member: Hashable, Sendable {
        package let name: String
        package var value: JSONValue

        package init(_ name: String, _ value: JSONValue) {
            self.name = name
            self.value = value
        }
    }

    package private(set) var members: [Member]

    package init(_ members: [Member] = []) {
        self.members = members
    }

    package var isEmpty: Bool { members.isEmpty }
    package var count: Int { members.count }
    package var names: [String] { members.map(\.name) }

    /// Reading gives the last member of that name. Assigning replaces it in place or appends;
    /// assigning nil removes every member of that name.
    package subscript(name: String) -> JSONValue? {
        get { members.last { $0.name == name }?.value }
        set {
            guard let newValue else {
                members.removeAll { $0.name == name }
                return
            }
            if let index = members.lastIndex(where: { $0.name == name }) {
                members[index].value = newValue
            } else {
                members.append(Member(name, newValue))
            }
        }
    }

    /// Appends without looking for an earlier member: for building in a known order.
    package mutating func append(_ name: String, _ value: JSONValue) {
        members.append(Member(name, value))
    }

    /// Appends when there is a value; claims and attributes are omitted, never null.
    package mutating func appendIfPresent(_ name: String, _ value: JSONValue?) {
        if let value { append(name, value) }
    }

    package mutating func appendIfPresent(_ name: String, _ value: String?) {
        if let value { append(name, .string(value)) }
    }

    /// A look-up that ignores ASCII case, as SCIM attribute names do. RFC 7643 §2.1.
    package func value(caseInsensitive name: String) -> JSONValue? {
        let wanted = name.lowercased()
        return members.last { $0.name.lowercased() == wanted }?.value
    }
}

extension JSONObject: ExpressibleByDictionaryLiteral {
    package init(dictionaryLiteral elements: (String, JSONValue)...) {
        members = elements.map { Member($0.0, $0.1) }
    }
}
