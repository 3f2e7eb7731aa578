import SimCore

/// Reads the files of a fixture folder and resolves the names in them, collecting every problem.
///
/// Use: `readTenant` once, then `readUserLine` and `readGroupLine` for each line of the larger
/// files, then `finish`. Nothing is kept of a line but what it says.
package struct TenantFixtureDecoder {
    private let name: String
    private var texts: [FixtureText] = []
    private var problems: [FixtureProblem] = []
    private var context: FixtureContext
    private var profile: TenantProfile?
    private var users: [UserDraft] = []
    private var groups: [GroupDraft] = []
    private var applications: [ApplicationDraft] = []
    private var roles: [RoleDraft] = []
    /// What the fixture says of the tenant itself, besides its profile.
    private var settings: [TenantEvent] = []
    private var access: [AccessDraft] = []
    private var parts = FixtureCheck.Parts()

    /// - Parameter name: folder name, `contoso`.
    package init(name: String) {
        self.name = name
        context = FixtureContext(
            seed: 0, tenant: TenantID(.zero), domains: [], createdAt: TenantProfile.defaultCreation,
            defaultPassword: nil)
    }

    /// Reads `tenant.json`.
    package mutating func readTenant(_ bytes: [UInt8], file: String) {
        let text = FixtureText(file: file, bytes: bytes)
        texts.append(text)
        guard let object = text.root() else { return }
        let root = FixtureObject(object, at: [], in: text)
        _ = root.value("$schema")
        readProfile(root)
        readSettings(root)
        let context = context
        for (index, value) in (root.array("users") ?? []).enumerated() {
            let path: [JSONStep] = [.key("users"), .index(index)]
            guard let object = value.objectValue else {
                text.note(.wrongKind(expected: "an object", found: value.kindName), at: path)
                continue
            }
            if let user = text.user(object, at: path, in: context, keepsText: true) {
                users.append(user)
            }
        }
        for (index, value) in (root.array("groups") ?? []).enumerated() {
            let path: [JSONStep] = [.key("groups"), .index(index)]
            guard let object = value.objectValue else {
                text.note(.wrongKind(expected: "an object", found: value.kindName), at: path)
                continue
            }
            if let group = text.group(object, at: path, in: context, keepsText: true) {
                groups.append(group)
            }
        }
        applications = root.objects("applications") { text.application($0, in: context) }
        roles = text.directoryRoles(root)
        access += AccessDraft.Kind.allCases.flatMap { kind in
            root.objects(kind.rawValue) { reader in
                // Read when every name is known; until then the whole object is asked for.
                for name in reader.object.names { _ = reader.value(name) }
                return AccessDraft(kind: kind, reader: reader)
            }
        }
        readParts(root, file: file, bytes: bytes)
        root.finish()
    }

    private mutating func readParts(_ root: FixtureObject, file: String, bytes: [UInt8]) {
        parts.faults = FixturePart.list(.faults, of: root, file: file, bytes: bytes)
        parts.issuers = FixturePart.list(.issuers, of: root, file: file, bytes: bytes)
        let key = FixturePart.Key.identitySettings.rawValue
        parts.identitySettings = root.value(key).map {
            FixturePart($0, at: [.key(key)], file: file, bytes: bytes)
        }
    }

    private mutating func readSettings(_ root: FixtureObject) {
        context.policies = root.text.policies(root, context)
        if context.policies != TenantPolicies() {
            settings.append(.policiesChanged(context.policies))
        }
        if let schedule = root.text.signingKeys(root) {
            settings.append(.signingKeysChanged(schedule))
        }
    }

    /// Reads one line of `users.jsonl`; an empty line is skipped.
    package mutating func readUserLine(_ bytes: [UInt8], file: String, line: Int) {
        guard !bytes.isEmpty else { return }
        let text = FixtureText(file: file, bytes: bytes, firstLine: line)
        if let object = text.root(),
            let user = text.user(object, at: [], in: context, keepsText: false)
        {
            users.append(user)
        }
        problems += text.problems
    }

    /// Reads one line of `groups.jsonl`; an empty line is skipped.
    package mutating func readGroupLine(_ bytes: [UInt8], file: String, line: Int) {
        guard !bytes.isEmpty else { return }
        let text = FixtureText(file: file, bytes: bytes, firstLine: line)
        if let object = text.root(),
            let group = text.group(object, at: [], in: context, keepsText: false)
        {
            groups.append(group)
        }
        problems += text.problems
    }

    /// Notes a file that could not be read at all.
    package mutating func noteUnreadable(file: String, reason: String) {
        problems.append(
            FixtureProblem(
                file: file, line: 0, column: 0, keyPath: "", reason: .unreadable(reason)))
    }

    /// Resolves every name and tells what there is and what is wrong.
    package func finish() -> FixtureCheck {
        let resolution = FixtureResolution(
            context: context, users: users, groups: groups, applications: applications,
            roles: roles, access: access)
        let resolved = resolution.resolve()
        let all = problems + texts.flatMap(\.problems) + resolved.problems
        let sorted = all.sorted {
            ($0.file, $0.line, $0.column, $0.keyPath) < ($1.file, $1.line, $1.column, $1.keyPath)
        }
        var fixture: TenantFixture?
        if sorted.isEmpty, let profile {
            fixture = TenantFixture(
                profile: profile, events: [.tenantCreated(profile)] + settings + resolved.events)
        }
        return FixtureCheck(
            name: name, counts: resolved.counts, problems: sorted, parts: parts,
            fixture: fixture)
    }

    private mutating func readProfile(_ root: FixtureObject) {
        let seed = root.integer("seed").map { UInt64(bitPattern: $0) } ?? Self.seed(of: name)
        let id =
            root.identifier("id", TenantKind.self)
            ?? TenantID(GUID(seed: seed, name: "tenant/\(name)"))
        let displayName = root.string("displayName") ?? name
        let domains = (root.strings("domains") ?? []).map(\.text)
        if domains.isEmpty { root.text.note(.missingKey("domains"), at: []) }
        let salt = ["a", "b"].flatMap { GUID(seed: seed, name: "pairwise/\($0)").bytes }
        let createdAt = root.timestamp("createdDateTime") ?? TenantProfile.defaultCreation
        var profile = TenantProfile(
            id: id, name: name, displayName: displayName, domains: domains, pairwiseSalt: salt)
        profile.createdAt = createdAt
        root.text.organization(root, &profile)
        self.profile = profile
        context = FixtureContext(
            seed: seed, tenant: id, domains: domains,
            createdAt: createdAt,
            defaultPassword: root.string("defaultPassword"))
    }

    private static func seed(of name: String) -> UInt64 {
        GUID(seed: 0, name: name).high
    }
}
