import SimCore

/// A user attribute that the directory knows: Entra's own name, the names Graph uses for it, and
/// the kind of its value. mapping-expressions.md §9.1.
package struct UserAttribute: Hashable, Sendable {
    package enum Kind: String, Sendable {
        case string, boolean, integer, strings, object

        /// Whether a value other than null may be stored.
        package func accepts(_ value: JSONValue) -> Bool {
            switch self {
            case .string: value.stringValue != nil
            case .boolean: value.boolValue != nil
            case .integer: value.intValue != nil
            case .strings: value.arrayValue?.allSatisfy { $0.stringValue != nil } ?? false
            case .object: value.objectValue != nil
            }
        }

        /// What a person is told to write.
        package var noun: String {
            switch self {
            case .string: "a string"
            case .boolean: "true or false"
            case .integer: "a whole number"
            case .strings: "a list of strings"
            case .object: "an object"
            }
        }
    }

    package let name: String
    package let kind: Kind

    private static let strings = [
        "userPrincipalName", "displayName", "userType", "ageGroup", "city", "companyName",
        "consentProvidedForMinor", "country", "department", "employeeHireDate", "employeeId",
        "employeeLeaveDateTime", "employeeType", "facsimileTelephoneNumber", "givenName",
        "immutableId", "jobTitle", "mail", "mailNickname", "mobile", "netBiosName",
        "onPremisesDistinguishedName", "onPremisesDomainName", "onPremisesSamAccountName",
        "onPremisesSecurityIdentifier", "onPremisesUserPrincipalName",
        "physicalDeliveryOfficeName", "postalCode", "preferredDataLocation", "preferredLanguage",
        "sipProxyAddress", "state",
        "streetAddress", "surname", "telephoneNumber", "usageLocation",
    ]
    private static let lists = ["otherMails", "proxyAddresses"]
    private static let flags = ["accountEnabled", "dirSyncEnabled", "showInAddressList"]

    /// Graph's name, then Entra's.
    private static let graphNames = [
        "faxNumber": "facsimileTelephoneNumber", "mobilePhone": "mobile",
        "officeLocation": "physicalDeliveryOfficeName", "onPremisesImmutableId": "immutableId",
        "onPremisesSyncEnabled": "dirSyncEnabled",
    ]

    private static let byName: [String: UserAttribute] = {
        var table: [String: UserAttribute] = [:]
        for name in strings { table[name] = UserAttribute(name: name, kind: .string) }
        for name in lists { table[name] = UserAttribute(name: name, kind: .strings) }
        for name in flags { table[name] = UserAttribute(name: name, kind: .boolean) }
        for number in 1...15 {
            let name = "extensionAttribute\(number)"
            table[name] = UserAttribute(name: name, kind: .string)
        }
        table["employeeOrgData"] = UserAttribute(name: "employeeOrgData", kind: .object)
        for (graph, name) in graphNames { table[graph] = table[name] }
        return table
    }()

    /// Every accepted name, sorted: Entra's and Graph's.
    package static let names: [String] = byName.keys.sorted()

    /// The attribute of that name, exact case. `extension_<appId>_<name>` is always one, of the
    /// kind its value has.
    package static func named(_ name: String, value: JSONValue = .null) -> UserAttribute? {
        if let known = byName[name] { return known }
        let parts = name.split(separator: "_", maxSplits: 2)
        guard parts.count == 3, parts[0] == "extension", parts[1].count == 32,
            GUID(parts[1]) != nil
        else { return nil }
        return UserAttribute(name: name, kind: extensionKind(value))
    }

    private static func extensionKind(_ value: JSONValue) -> Kind {
        switch value {
        case .bool: .boolean
        case .int, .double, .number: .integer
        case .array: .strings
        case .null, .string, .object: .string
        }
    }
}
