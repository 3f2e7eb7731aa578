import SimCore
import Synchronization
import Testing

@testable import SimDirectory

@Suite("Appending to a tenant's log")
struct TenantTests {
    private let ann = Sample.user("ann")
    private let later = Sample.start + .minutes(5)

    @Test("numbers the records, stamps them and shows them to readers and observers")
    func append() throws {
        let tenant = Sample.tenant()
        let seen = Mutex<[UInt64]>([])
        tenant.observe { records in seen.withLock { $0 += records.map(\.sequence) } }
        let records = try tenant.append(
            [.userCreated(ann), .userSessionsRevoked(ann.id)], at: later)
        #expect(records.map(\.sequence) == [1, 2])
        #expect(records.map(\.at) == [later, later])
        #expect(tenant.snapshot().user(ann.id)?.sessionsValidFrom == later + User.instant)
        #expect(seen.withLock { $0 } == [1, 2])
    }

    @Test("refuses the second use of a code")
    func doubleRedemption() throws {
        let tenant = Sample.tenant()
        let event = TenantEvent.redeemed(digest: "code", until: later)
        try tenant.append([event], at: Sample.start)
        #expect(throws: TenantError.alreadyRedeemed(digest: "code")) {
            try tenant.append([event], at: Sample.start)
        }
        #expect(throws: TenantError.alreadyRedeemed(digest: "x")) {
            try tenant.append(
                [.redeemed(digest: "x", until: later), .redeemed(digest: "x", until: later)],
                at: Sample.start)
        }
    }

    @Test("appends nothing of a batch in which one event is refused")
    func allOrNothing() {
        let journal = RecordingJournal()
        let tenant = Tenant(snapshot: Sample.snapshot([]), journal: journal)
        #expect(throws: TenantError.unknownGroup(Sample.groupID("none"))) {
            try tenant.append(
                [.userCreated(ann), .memberAdded(Sample.groupID("none"), .user(ann.id))],
                at: later)
        }
        #expect(tenant.snapshot().userCount == 0)
        #expect(tenant.snapshot().sequence == 0)
        #expect(journal.written.withLock { $0.isEmpty })
    }

    @Test("has not happened when the journal could not store it")
    func journalFailure() {
        let failure = JournalFailure(path: "log.jsonl", reason: "No space left on device")
        let journal = RecordingJournal(failure: failure)
        let tenant = Tenant(snapshot: Sample.snapshot([]), journal: journal)
        #expect(throws: TenantError.journal(failure)) {
            try tenant.append([.userCreated(ann)], at: later)
        }
        #expect(tenant.snapshot().user(ann.id) == nil)
    }

    @Test("decides on the newest snapshot, and passes the decision's own refusal on")
    func deciding() throws {
        struct TooMany: Error {}
        let tenant = Sample.tenant()
        for _ in 0..<3 {
            do {
                try tenant.append(at: later) { (snapshot) throws(TooMany) in
                    guard snapshot.userCount < 2 else { throw TooMany() }
                    return [.userCreated(Sample.user("u\(snapshot.userCount)"))]
                }
            } catch {
                switch error {
                case .refused: #expect(tenant.snapshot().userCount == 2)
                case .tenant(let refusal): Issue.record("\(refusal)")
                }
            }
        }
        #expect(tenant.snapshot().sequence == 2)
    }

    @Test("lets exactly one of many at once use a code")
    func race() async {
        let tenant = Sample.tenant()
        let used = await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<50 {
                group.addTask {
                    do throws(TenantError) {
                        try tenant.append(
                            [.redeemed(digest: "code", until: Sample.start)], at: Sample.start)
                        return true
                    } catch {
                        return false
                    }
                }
            }
            return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(used == 1)
    }

    struct Refusal: CustomTestStringConvertible {
        let name: String
        let event: TenantEvent
        let error: TenantError
        var testDescription: String { name }
    }

    private static let ann = Sample.user("ann")
    private static let ghost = Sample.userID("ghost")
    private static let sales = Sample.groupID("sales")

    static let refusals: [Refusal] = [
        Refusal(
            name: "a UPN that somebody has, in other case",
            event: .userCreated(
                User(
                    id: ghost, userPrincipalName: "ANN@sample.example", displayName: "A",
                    createdAt: Sample.start)),
            error: .userPrincipalNameTaken("ANN@sample.example")),
        Refusal(
            name: "a rename to a UPN that somebody has",
            event: .userChanged(
                Sample.userID("bob"), [AttributeChange("userPrincipalName", "ann@sample.example")]),
            error: .userPrincipalNameTaken("ann@sample.example")),
        Refusal(
            name: "an object id that is in use", event: .userCreated(ann),
            error: .identifierTaken(ann.id.guid)),
        Refusal(
            name: "a display name that is cleared",
            event: .userChanged(ann.id, [AttributeChange("displayName", .null)]),
            error: .invalidAttribute(name: "displayName")),
        Refusal(
            name: "a manager who is not there", event: .userManagerChanged(ann.id, ghost),
            error: .unknownUser(ghost)),
        Refusal(
            name: "a manager who reports to the user",
            event: .userManagerChanged(ann.id, Sample.userID("bob")), error: .managerCycle(ann.id)),
        Refusal(
            name: "one's own manager", event: .userManagerChanged(ann.id, ann.id),
            error: .managerCycle(ann.id)),
        Refusal(
            name: "deletion of a deleted user", event: .userDeleted(Sample.userID("gone")),
            error: .userIsDeleted(Sample.userID("gone"))),
        Refusal(
            name: "restoring a user who is not deleted", event: .userRestored(ann.id),
            error: .userIsNotDeleted(ann.id)),
        Refusal(
            name: "a group in itself", event: .memberAdded(sales, .group(sales)),
            error: .memberOfItself(sales)),
        Refusal(
            name: "a member twice", event: .memberAdded(sales, .user(ann.id)),
            error: .alreadyMember(sales, .user(ann.id))),
        Refusal(
            name: "removing who is not a member", event: .memberRemoved(sales, .user(ghost)),
            error: .notMember(sales, .user(ghost))),
        Refusal(
            name: "an assignment to an app that is not there",
            event: .assigned(
                AppRoleAssignment(
                    id: AssignmentID(ghost.guid), principal: .user(ann.id),
                    resource: ServicePrincipalID(.zero), createdAt: Sample.start)),
            error: .unknownServicePrincipal(ServicePrincipalID(.zero))),
        Refusal(
            name: "an assignment in a role the app does not have",
            event: .assigned(
                AppRoleAssignment(
                    id: AssignmentID(ghost.guid), principal: .user(ann.id),
                    resource: Sample.servicePrincipal.id, appRole: AppRoleID(ghost.guid),
                    createdAt: Sample.start)),
            error: .unknownAppRole(AppRoleID(ghost.guid))),
        Refusal(
            name: "the same assignment under another id",
            event: .assigned(
                AppRoleAssignment(
                    id: AssignmentID(ghost.guid), principal: .group(sales),
                    resource: Sample.servicePrincipal.id, appRole: Sample.buyer,
                    createdAt: Sample.start)),
            error: .alreadyAssigned(.group(sales), Sample.servicePrincipal.id)),
        Refusal(
            name: "an identifier URI of another app",
            event: {
                var copy = AppRegistration(
                    id: ApplicationID(ghost.guid), appID: AppID(ghost.guid), displayName: "Copy",
                    createdAt: Sample.start)
                copy.identifierURIs = ["api://shop"]
                return .applicationCreated(copy)
            }(), error: .identifierURITaken("api://shop")),
    ]

    @Test("refuses", arguments: refusals)
    func refusal(_ row: Refusal) {
        let tenant = Sample.tenant([
            .userCreated(ann), .userCreated(Sample.user("bob", manager: ann.id)),
            .userCreated(Sample.user("gone")), .userDeleted(Sample.userID("gone")),
            .groupCreated(Sample.group("sales")), .memberAdded(Self.sales, .user(ann.id)),
            .applicationCreated(Sample.application),
            .servicePrincipalCreated(Sample.servicePrincipal), .assigned(Sample.assignment),
        ])
        let before = tenant.snapshot().sequence
        #expect(throws: row.error) { try tenant.append([row.event], at: later) }
        #expect(tenant.snapshot().sequence == before)
    }

    @Test("takes back a name freed by a deletion, and then refuses the restoration")
    func freedName() throws {
        let tenant = Sample.tenant([.userCreated(ann), .userDeleted(ann.id)])
        let other = User(
            id: Sample.userID("other"), userPrincipalName: ann.userPrincipalName,
            displayName: "Other", createdAt: later)
        try tenant.append([.userCreated(other)], at: later)
        #expect(throws: TenantError.userPrincipalNameTaken(ann.userPrincipalName)) {
            try tenant.append([.userRestored(ann.id)], at: later)
        }
    }
}

/// Remembers what it was given, or fails.
private final class RecordingJournal: TenantJournal {
    let written = Mutex<[LogRecord]>([])
    private let failure: JournalFailure?

    init(failure: JournalFailure? = nil) {
        self.failure = failure
    }

    func append(_ records: [LogRecord]) throws(JournalFailure) {
        if let failure { throw failure }
        written.withLock { $0 += records }
    }

    func mark() -> JournalMark {
        written.withLock { JournalMark(sequence: $0.last?.sequence ?? 0, size: $0.count) }
    }

    func rewind(to mark: JournalMark) throws(JournalFailure) {
        if let failure { throw failure }
        written.withLock { $0.removeSubrange(mark.size...) }
    }

    func forget(_ mark: JournalMark) {}

    func startOver(with snapshot: DirectorySnapshot) throws(JournalFailure) {
        if let failure { throw failure }
        written.withLock { $0 = [] }
    }
}
