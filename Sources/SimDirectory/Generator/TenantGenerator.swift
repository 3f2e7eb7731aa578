import SimCore

/// Writes a large believable tenant as the files of a fixture folder, line by line.
///
/// The same seed and sizes give the same bytes, anywhere. Managers form a tree along departments;
/// most people have mail, some lack a phone, a few are disabled; groups are departments, sites and
/// projects. One app, *Directory Sync*, has provisioning and every tenth group assigned.
package struct TenantGenerator: Sendable {
    package enum File: String, CaseIterable, Sendable {
        case tenant = "tenant.json"
        case users = "users.jsonl"
        case groups = "groups.jsonl"
        /// The sample app that *Directory Sync* provisions, below `targets`.
        case target = "sync.json"
    }

    /// Largest tenant made; beyond it names would repeat.
    package static let userLimit = 5_000_000

    package let name: String
    package let userCount: Int
    package let groupCount: Int
    package let seed: UInt64

    /// - Parameter users: 0 up to `userLimit`; more are cut to it.
    package init(name: String, users: Int, groups: Int, seed: UInt64) {
        self.name = name
        self.userCount = min(max(0, users), Self.userLimit)
        self.groupCount = max(0, groups)
        self.seed = seed
    }

    /// `large.example` for tenant `large`.
    package var domain: String { "\(name.lowercased()).example" }

    /// Where a file belongs in the tenant's folder. Sample apps of all tenants share one origin, so
    /// the tenant's name is part of the app's.
    package func path(of file: File) -> String {
        switch file {
        case .tenant, .users, .groups: file.rawValue
        case .target: "targets/\(name)-\(file.rawValue)"
        }
    }

    /// Calls `write` with the bytes of each file in turn, in pieces of a few hundred kilobytes.
    package func run<E: Error>(_ write: (File, [UInt8]) throws(E) -> Void) throws(E) {
        try write(.tenant, Array((tenantObject.prettyText + "\n").utf8))
        var buffer: [UInt8] = []
        for index in 0..<userCount {
            appendUser(index, to: &buffer)
            if buffer.count > Self.pieceLength {
                try write(.users, buffer)
                buffer.removeAll(keepingCapacity: true)
            }
        }
        try write(.users, buffer)
        buffer.removeAll(keepingCapacity: true)
        for index in 0..<groupCount {
            appendGroup(index, to: &buffer)
            if buffer.count > Self.pieceLength {
                try write(.groups, buffer)
                buffer.removeAll(keepingCapacity: true)
            }
        }
        try write(.groups, buffer)
        try write(.target, Array((targetObject.prettyText + "\n").utf8))
    }

    private static let pieceLength = 1 << 18
    private static let membersPerGroup = 12
    /// People who report to one manager.
    private static let span = 9

    private var tenantObject: JSONValue {
        let assigned = stride(from: 0, to: groupCount, by: 10).map { index -> JSONValue in
            ["principal": .string(groupName(index)), "appRole": "User"]
        }
        return [
            "displayName": .string("Generated tenant \(name)"),
            "seed": .int(Int64(seed & .max >> 1)),
            "domains": [.string(domain), .string("\(name.lowercased()).onmicrosoft.com")],
            "createdDateTime": "2025-09-01T08:00:00Z", "defaultPassword": "Fixture-Only-2026!",
            "applications": [
                [
                    "displayName": "Directory Sync", "template": "nonGallery",
                    "passwordCredentials": [
                        ["displayName": "fixture", "secretText": "sync-demo-client-secret"]
                    ],
                    "appRoleAssignedTo": .array(assigned),
                    "provisioning": [
                        "tenantUrl": .string("{origin}/apps/\(name)-sync/scim/v2"),
                        "secretToken": .string(Self.scimToken), "scope": "assignedOnly",
                    ],
                ]
            ],
        ]
    }

    private static let scimToken = "sync-demo-scim-token"

    /// A sample app's fixture, as `targets/*.json` holds it: one role for everybody.
    private var targetObject: JSONValue {
        [
            "displayName": "Directory Sync", "scimPath": "/scim/v2", "scimScope": "scim",
            "scopes": [["name": "scim", "summary": "Provision people and groups over SCIM"]],
            "keys": [
                [
                    "name": "Entra provisioning", "value": .string(Self.scimToken),
                    "scopes": ["scim"],
                ]
            ],
            "roles": ["ranks": ["member"], "default": "member"],
        ]
    }

    // MARK: People

    /// Independent numbers of one person or group: the same whatever was drawn for others.
    private func draws(_ kind: UInt64, _ index: Int) -> SplitMix64 {
        SplitMix64(state: SplitMix64.mix(seed &+ kind &* 0x9E37_79B9) ^ UInt64(index))
    }

    private func names(_ index: Int) -> (given: String, surname: String, upn: String) {
        var draw = draws(1, index)
        let given = GeneratedNames.given[Int(draw.next() % UInt64(GeneratedNames.given.count))]
        let surname = GeneratedNames.surnames[
            Int(draw.next() % UInt64(GeneratedNames.surnames.count))]
        // The number keeps names apart; base 36 keeps it short.
        let local = "\(given).\(surname)\(String(index, radix: 36))".lowercased()
        return (given, surname, "\(local)@\(domain)")
    }

    private func appendUser(_ index: Int, to out: inout [UInt8]) {
        let person = names(index)
        var draw = draws(2, index)
        let department = GeneratedNames.departments[
            Int(draw.next() % UInt64(GeneratedNames.departments.count))]
        let site = GeneratedNames.sites[Int(draw.next() % UInt64(GeneratedNames.sites.count))]
        let title = department.titles[Int(draw.next() % UInt64(department.titles.count))]
        var user: JSONObject = [
            "userPrincipalName": .string(person.upn), "givenName": .string(person.given),
            "surname": .string(person.surname),
            "displayName": .string("\(person.given) \(person.surname)"),
            "employeeId": .string(String(100_000 + index)),
            "department": .string(department.name),
            "jobTitle": .string(index == 0 ? "President" : title), "city": .string(site.city),
            "country": .string(site.country), "usageLocation": .string(site.code),
            "preferredLanguage": .string(site.language),
        ]
        if draw.next() % 50 != 0 { user.append("mail", .string(person.upn)) }
        if draw.next() % 3 == 0 {
            let number = 1_000_000 + draw.next() % 9_000_000
            user.append("businessPhones", [.string("\(site.prefix) \(number)")])
        }
        if index > 0 {
            user.append("manager", .string(names((index - 1) / Self.span).upn))
            if draw.next() % 100 == 0 { user.append("accountEnabled", false) }
        }
        JSONWriter.write(user, into: &out)
        out.append(10)
    }

    // MARK: Groups

    private func groupName(_ index: Int) -> String {
        var draw = draws(3, index)
        let topic = GeneratedNames.topics[Int(draw.next() % UInt64(GeneratedNames.topics.count))]
        let site = GeneratedNames.sites[Int(draw.next() % UInt64(GeneratedNames.sites.count))]
        return "\(topic) \(site.city) \(index + 1)"
    }

    private func appendGroup(_ index: Int, to out: inout [UInt8]) {
        var draw = draws(4, index)
        let wanted = min(userCount, Self.membersPerGroup / 2 + Int(draw.next() % 13))
        var chosen: Set<Int> = []
        var members: [JSONValue] = []
        for _ in 0..<wanted {
            let person = Int(draw.next() % UInt64(max(1, userCount)))
            if chosen.insert(person).inserted { members.append(.string(names(person).upn)) }
        }
        // Every twentieth group also contains the one before it.
        if index > 0, index % 20 == 0 { members.append(.string(groupName(index - 1))) }
        let group: JSONObject = [
            "displayName": .string(groupName(index)), "members": .array(members),
        ]
        JSONWriter.write(group, into: &out)
        out.append(10)
    }
}
