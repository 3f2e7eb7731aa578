import SimCore
import SimDirectory

/// What to do when the fixture is not the one a stored log began with.
package enum FixtureChangePolicy: Hashable, Sendable {
    /// Stop and say so.
    case refuse
    /// Forget the log, begin with the fixture (`--reseed`).
    case reseed
    /// Append the difference (`--merge`).
    case merge
}

/// Why a tenant could not be opened.
package enum TenantOpenError: Error, Sendable {
    /// The fixture has problems.
    case fixture(FixtureRefusal)
    case journal(JournalError)
    /// The fixture changed since the log began, and nobody said what to do. Differences may be
    /// none: what was only taken out of a fixture cannot be told.
    case fixtureChanged(folder: String, differences: [String])
    /// The difference could not be appended.
    case merge(TenantError)
}

/// A tenant in use, with the journal that keeps it (nil in memory).
package struct TenantStore: Sendable {
    package let tenant: Tenant
    package let journal: JournalFile?

    /// A tenant that is forgotten with the process; it always starts from its fixture.
    package static func inMemory(
        _ folder: TenantFolder, at now: Timestamp
    ) throws(TenantOpenError) -> TenantStore {
        TenantStore(
            tenant: Tenant(snapshot: try fixture(folder).snapshot(at: now)), journal: nil)
    }

    /// Opens `dataFolder`: goes on with the log there, or begins one from the fixture.
    ///
    /// - Parameter replay: called with each provisioning record on disk, oldest first, before the
    ///   tenant is there.
    package static func open(
        _ folder: TenantFolder, dataFolder: String, at now: Timestamp,
        durability: JournalFile.Durability = .process, onChange: FixtureChangePolicy = .refuse,
        replay: @escaping (LogRecord) -> Void
    ) throws(TenantOpenError) -> TenantStore {
        let digest: String
        do throws(JournalFailure) {
            digest = try folder.digest()
        } catch {
            throw .journal(.failed(error))
        }
        return try open(
            try fixture(folder), digest: digest, dataFolder: dataFolder, at: now,
            durability: durability, onChange: onChange, replay: replay)
    }

    /// The same for a fixture that is at hand.
    ///
    /// - Parameter digest: changes when the fixture does.
    package static func open(
        _ fixture: TenantFixture, digest: String, dataFolder: String, at now: Timestamp,
        durability: JournalFile.Durability = .process, onChange: FixtureChangePolicy = .refuse,
        replay: @escaping (LogRecord) -> Void
    ) throws(TenantOpenError) -> TenantStore {
        let opening: JournalOpening
        do throws(JournalError) {
            let name = fixture.profile.name
            opening =
                onChange == .reseed
                ? try JournalOpening.startingOver(
                    folder: dataFolder, tenant: name, fixtureDigest: digest,
                    durability: durability)
                : try JournalOpening.open(
                    folder: dataFolder, tenant: name, fixtureDigest: digest,
                    durability: durability, replay: replay)
        } catch {
            throw .journal(error)
        }
        switch (opening.fixture, onChange) {
        case (.unchanged, .refuse), (.unchanged, .merge):
            return try resume(opening, else: fixture, at: now)
        case (.changed, .refuse):
            let differences = opening.snapshot.map {
                FixtureMerge(fixture.snapshot(at: now), into: $0).differences()
            }
            throw .fixtureChanged(folder: dataFolder, differences: differences ?? [])
        case (.changed, .merge):
            return try merge(opening, fixture, digest: digest, at: now)
        case (.fresh, .refuse), (.fresh, .merge), (_, .reseed):
            return try begin(opening, fixture, at: now)
        }
    }

    private static func fixture(
        _ folder: TenantFolder
    ) throws(TenantOpenError) -> TenantFixture {
        let check = folder.check()
        guard let fixture = check.fixture else {
            throw .fixture(FixtureRefusal(problems: check.problems))
        }
        return fixture
    }

    private static func resume(
        _ opening: consuming JournalOpening, else fixture: TenantFixture, at now: Timestamp
    ) throws(TenantOpenError) -> TenantStore {
        guard let snapshot = opening.snapshot else { return try begin(opening, fixture, at: now) }
        let journal = opening.resume()
        return TenantStore(tenant: Tenant(snapshot: snapshot, journal: journal), journal: journal)
    }

    private static func begin(
        _ opening: consuming JournalOpening, _ fixture: TenantFixture, at now: Timestamp
    ) throws(TenantOpenError) -> TenantStore {
        let journal: JournalFile
        do throws(JournalError) {
            journal = try opening.begin(fixture.records(at: now))
        } catch {
            throw .journal(error)
        }
        return TenantStore(
            tenant: Tenant(snapshot: fixture.snapshot(at: now), journal: journal),
            journal: journal)
    }

    /// Appends the difference, then notes the new digest by way of a snapshot.
    private static func merge(
        _ opening: consuming JournalOpening, _ fixture: TenantFixture, digest: String,
        at now: Timestamp
    ) throws(TenantOpenError) -> TenantStore {
        let wanted = fixture.snapshot(at: now)
        let store = try resume(opening, else: fixture, at: now)
        let current = store.tenant.snapshot()
        do throws(TenantError) {
            try store.tenant.append(FixtureMerge(wanted, into: current).events(), at: now)
        } catch {
            throw .merge(error)
        }
        do throws(JournalError) {
            try store.journal?.compact(store.tenant.snapshot(), fixture: digest)
        } catch {
            throw .journal(error)
        }
        return store
    }
}

extension TenantOpenError {
    /// One line for a person; of a fixture, its first problem.
    package var message: String {
        switch self {
        case .fixture(let refusal): refusal.problems.first?.text ?? "the fixture has problems"
        case .journal(let error): error.message
        case .fixtureChanged(let folder, let differences):
            "the log in \"\(folder)\" began with another fixture than the present one"
                + Self.shown(differences)
        case .merge(let error): "the changed fixture does not fit the stored log: \(error)"
        }
    }

    private static func shown(_ differences: [String]) -> String {
        let limit = 5
        guard !differences.isEmpty else { return "" }
        let more = differences.count > limit ? ", and \(differences.count - limit) more" : ""
        return ", which differs in " + differences.prefix(limit).joined(separator: ", ") + more
    }

    package var hint: String? {
        switch self {
        case .fixture(let refusal): refusal.problems.first?.hint
        case .journal(let error): error.hint
        case .fixtureChanged: "start over with --reseed, or take the difference in with --merge"
        case .merge: "start over with --reseed"
        }
    }
}
