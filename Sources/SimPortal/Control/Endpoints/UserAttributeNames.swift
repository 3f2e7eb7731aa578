import SimCore

/// The attributes of a user: Graph's name on the wire, Entra's name in the directory, and the kind
/// of value. Source: mapping-expressions.md §9.1.
package enum UserAttributeNames {
    enum Kind: Hashable, Sendable {
        case text, flag, texts
        /// `businessPhones`: an array of at most one, a single text in the directory.
        case firstPhone
        case userType

        func check(_ value: JSONValue, _ name: String) throws(ControlError) {
            switch (self, value) {
            case (.flag, .bool), (.text, .string), (.text, .null), (.texts, .null),
                (.firstPhone, .null):
                return
            case (.texts, .array(let items)) where items.allSatisfy { $0.stringValue != nil }:
                return
            case (.firstPhone, .array(let items))
            where items.count <= 1 && items.allSatisfy { $0.stringValue != nil }:
                return
            case (.userType, .string("Member")), (.userType, .string("Guest")):
                return
            case (.text, _), (.flag, _), (.texts, _), (.firstPhone, _), (.userType, _):
                throw .badRequest("'\(name)' must be \(description), not \(value.text)")
            }
        }

        private var description: String {
            switch self {
            case .text: "a string"
            case .flag: "true or false"
            case .texts: "an array of strings"
            case .firstPhone: "an array of at most one string"
            case .userType: "'Member' or 'Guest'"
            }
        }
    }

    private struct Row: Sendable {
        let graph: String
        let entra: String
        let kind: Kind

        init(_ graph: String, _ entra: String? = nil, _ kind: Kind = .text) {
            self.graph = graph
            self.entra = entra ?? graph
            self.kind = kind
        }
    }

    private static let rows: [Row] =
        [
            Row("userPrincipalName"), Row("displayName"), Row("accountEnabled", nil, .flag),
            Row("userType", nil, .userType), Row("givenName"), Row("surname"), Row("mail"),
            Row("mailNickname"), Row("jobTitle"), Row("department"), Row("companyName"),
            Row("employeeId"), Row("employeeType"),
            Row("officeLocation", "physicalDeliveryOfficeName"),
            Row("streetAddress"), Row("postalCode"), Row("city"), Row("state"), Row("country"),
            Row("usageLocation"), Row("preferredLanguage"), Row("mobilePhone", "mobile"),
            Row("businessPhones", "telephoneNumber", .firstPhone),
            Row("faxNumber", "facsimileTelephoneNumber"), Row("proxyAddresses", nil, .texts),
            Row("otherMails", nil, .texts), Row("onPremisesSyncEnabled", "dirSyncEnabled", .flag),
            Row("onPremisesImmutableId", "immutableId"), Row("onPremisesSecurityIdentifier"),
            Row("onPremisesUserPrincipalName"), Row("employeeHireDate"),
        ] + (1...15).map { Row("extensionAttribute\($0)") }

    /// Keys a body may have: every attribute, the manager and the sign-in state.
    static let writable: [String] =
        rows.map(\.graph) + [
            "manager", "passwordProfile", "passwordExpired", "lockedUntil", "requiresMfa",
            "secondFactor", "authenticatorSecret", "signIn",
        ]

    /// Graph's names of plain attributes, in the order shown.
    package static let attributes: [String] = rows.map(\.graph)

    /// Entra's name of an attribute; the same text when there is no other.
    package static func entraName(of graphName: String) -> String {
        rows.first { $0.graph == graphName }?.entra ?? graphName
    }

    /// Whether `graphName` is a list of texts: one option value becomes one element.
    package static func isList(_ graphName: String) -> Bool {
        switch kind(of: graphName) {
        case .texts, .firstPhone: true
        case .text, .flag, .userType, nil: false
        }
    }

    /// Whether `graphName` is true or false.
    package static func isFlag(_ graphName: String) -> Bool { kind(of: graphName) == .flag }

    static func kind(of graphName: String) -> Kind? {
        rows.first { $0.graph == graphName }?.kind
    }
}
