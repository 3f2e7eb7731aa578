import SimCore
import Testing

@testable import SimDirectory

@Suite("A directory snapshot")
struct SnapshotTests {
    private let ann = Sample.user("ann")
    private let bob = Sample.user("bob", manager: Sample.userID("ann"))

    @Test("finds people by UPN without case, and not after a rename")
    func names() {
        var snapshot = Sample.snapshot([.userCreated(ann)])
        #expect(snapshot.user(userPrincipalName: "ANN@Sample.Example")?.id == ann.id)
        snapshot.apply(
            record(
                2,
                .userChanged(ann.id, [AttributeChange("userPrincipalName", "anna@sample.example")]))
        )
        #expect(snapshot.user(userPrincipalName: "ann@sample.example") == nil)
        #expect(snapshot.user(userPrincipalName: "anna@sample.example")?.id == ann.id)
    }

    @Test("sets and clears attributes by Entra's names")
    func attributes() {
        let snapshot = Sample.snapshot([
            .userCreated(ann),
            .userChanged(
                ann.id,
                [
                    AttributeChange("jobTitle", "Clerk"), AttributeChange("displayName", "Anna"),
                    AttributeChange("accountEnabled", false), AttributeChange("userType", "Guest"),
                ]),
            .userChanged(ann.id, [AttributeChange("jobTitle", .null)]),
        ])
        let user = snapshot.user(ann.id)
        #expect(user?.attributes.entries.isEmpty == true)
        #expect(user?.displayName == "Anna")
        #expect(user?.accountEnabled == false)
        #expect(user?.userType == .guest)
    }

    @Test("keeps a deleted user findable by id only, with everything it had, until purged")
    func recycleBin() {
        let shop = Sample.servicePrincipal
        var snapshot = Sample.snapshot([
            .userCreated(ann), .userCreated(bob), .groupCreated(Sample.group("sales")),
            .memberAdded(Sample.groupID("sales"), .user(bob.id)),
            .servicePrincipalCreated(shop),
            .assigned(
                AppRoleAssignment(
                    id: Sample.assignment.id, principal: .user(bob.id), resource: shop.id,
                    createdAt: Sample.start)),
        ])
        snapshot.apply(record(7, .userDeleted(bob.id)))
        #expect(snapshot.user(bob.id)?.deletedAt == Sample.start)
        #expect(snapshot.user(userPrincipalName: bob.userPrincipalName) == nil)
        #expect(snapshot.users.map(\.id) == [ann.id])
        #expect(snapshot.userCount == 1)
        #expect(snapshot.deletedUsers.map(\.id) == [bob.id])
        #expect(snapshot.members(of: Sample.groupID("sales")).isEmpty)
        #expect(snapshot.assignments(to: shop.id).isEmpty)
        #expect(snapshot.directReports(of: ann.id).isEmpty)
        #expect(snapshot.groups(containing: .user(bob.id)) == [Sample.groupID("sales")])

        snapshot.apply(record(8, .userRestored(bob.id)))
        #expect(snapshot.users.map(\.id) == [ann.id, bob.id])
        #expect(snapshot.members(of: Sample.groupID("sales")) == [.user(bob.id)])
        #expect(snapshot.assignments(to: shop.id).count == 1)
        #expect(snapshot.directReports(of: ann.id) == [bob.id])

        snapshot.apply(record(9, .userPurged(bob.id)))
        #expect(snapshot.user(bob.id) == nil)
        #expect(snapshot.groups(containing: .user(bob.id)).isEmpty)
        #expect(snapshot.assignments(of: .user(bob.id)).isEmpty)
    }

    @Test("leaves people without a manager when the manager is purged")
    func purgedManager() {
        let snapshot = Sample.snapshot([
            .userCreated(ann), .userCreated(bob), .userDeleted(ann.id), .userPurged(ann.id),
        ])
        #expect(snapshot.user(bob.id)?.manager == nil)
    }

    @Test("answers every list in creation order, members in the order added")
    func order() {
        let names = ["m", "a", "z", "k"]
        var events = names.map { TenantEvent.userCreated(Sample.user($0)) }
        events += ["g2", "g1"].map { .groupCreated(Sample.group($0)) }
        events += ["z", "a"].map { .memberAdded(Sample.groupID("g1"), .user(Sample.userID($0))) }
        events.append(.memberAdded(Sample.groupID("g2"), .user(Sample.userID("a"))))
        let snapshot = Sample.snapshot(events)
        #expect(snapshot.users.map(\.id) == names.map(Sample.userID))
        #expect(Array(snapshot.userIDs) == names.map(Sample.userID))
        #expect(snapshot.groups.map(\.displayName) == ["g2", "g1"])
        #expect(
            snapshot.members(of: Sample.groupID("g1"))
                == [.user(Sample.userID("z")), .user(Sample.userID("a"))])
        #expect(
            snapshot.groups(containing: .user(Sample.userID("a")))
                == [Sample.groupID("g2"), Sample.groupID("g1")])
    }

    @Test("gives the first created group of a name, until that is renamed")
    func groupNames() {
        var first = Sample.group("Team")
        let second = Group(
            id: Sample.groupID("second"), displayName: "team", mailNickname: "t",
            createdAt: Sample.start)
        var snapshot = Sample.snapshot([.groupCreated(first), .groupCreated(second)])
        #expect(snapshot.group(displayName: "TEAM")?.id == first.id)
        #expect(snapshot.groups(displayName: "team").count == 2)
        first.displayName = "Other"
        snapshot.apply(record(3, .groupChanged(first)))
        #expect(snapshot.group(displayName: "TEAM")?.id == second.id)
    }

    @Test("removes a deleted group from what contained it and what it was assigned to")
    func deletedGroup() {
        let shop = Sample.servicePrincipal
        let snapshot = Sample.snapshot([
            .groupCreated(Sample.group("sales")), .groupCreated(Sample.group("all")),
            .memberAdded(Sample.groupID("all"), .group(Sample.groupID("sales"))),
            .servicePrincipalCreated(shop), .assigned(Sample.assignment),
            .groupDeleted(Sample.groupID("sales")),
        ])
        #expect(snapshot.group(Sample.groupID("sales")) == nil)
        #expect(snapshot.members(of: Sample.groupID("all")).isEmpty)
        #expect(snapshot.assignments(to: shop.id).isEmpty)
    }

    @Test("finds an enterprise app by client id, identifier URI, name and object id")
    func servicePrincipals() {
        let shop = Sample.servicePrincipal
        var application = Sample.application
        var snapshot = Sample.snapshot([
            .applicationCreated(application), .servicePrincipalCreated(shop),
        ])
        #expect(snapshot.servicePrincipal(shop.id) == shop)
        #expect(snapshot.servicePrincipal(appID: shop.appID) == shop)
        #expect(snapshot.servicePrincipal(resourceName: "api://shop") == shop)
        #expect(snapshot.servicePrincipal(resourceName: "API://shop") == nil)
        #expect(snapshot.servicePrincipal(resourceName: shop.appID.description) == shop)
        #expect(snapshot.servicePrincipal(displayName: "shop") == shop)
        application.identifierURIs = ["api://store"]
        snapshot.apply(record(3, .applicationChanged(application)))
        #expect(snapshot.servicePrincipal(resourceName: "api://shop") == nil)
        #expect(snapshot.servicePrincipal(resourceName: "api://store") == shop)
    }

    @Test("has Microsoft Graph from the beginning, but does not list its registration")
    func graph() {
        let snapshot = DirectorySnapshot(profile: Sample.profile)
        let graph = snapshot.servicePrincipal(resourceName: "https://graph.microsoft.com")
        #expect(graph?.appID.description == "00000003-0000-0000-c000-000000000000")
        #expect(graph.flatMap { snapshot.application(appID: $0.appID) }?.scopes.count == 16)
        #expect(snapshot.applications.isEmpty)
        #expect(snapshot.servicePrincipals.map(\.displayName) == ["Microsoft Graph"])
    }

    @Test("lists what changed after a sequence number, one entry an event")
    func changes() {
        let sales = Sample.groupID("sales")
        let snapshot = Sample.snapshot([
            .userCreated(ann), .groupCreated(Sample.group("sales")),
            .memberAdded(sales, .user(ann.id)), .redeemed(digest: "x", until: Sample.start),
            .memberRemoved(sales, .user(ann.id)), .servicePrincipalCreated(Sample.servicePrincipal),
            .assigned(Sample.assignment), .unassigned(Sample.assignment.id),
            .userManagerChanged(ann.id, nil),
        ])
        let shop = Sample.servicePrincipal.id
        #expect(
            snapshot.changes(after: 2) == [
                DirectoryChange(
                    sequence: 3, subject: .membership(sales, .user(ann.id), isAdded: true)),
                DirectoryChange(
                    sequence: 5, subject: .membership(sales, .user(ann.id), isAdded: false)),
                DirectoryChange(sequence: 6, subject: .servicePrincipal(shop)),
                DirectoryChange(
                    sequence: 7, subject: .assignment(shop, .group(sales), isAdded: true)),
                DirectoryChange(
                    sequence: 8, subject: .assignment(shop, .group(sales), isAdded: false)),
                DirectoryChange(sequence: 9, subject: .manager(ann.id)),
            ])
        #expect(snapshot.changes(after: 9).isEmpty)
        #expect(snapshot.changes(after: 0).count == 8)
    }

    @Test("forgets used codes some time after they expired, never before")
    func redemptions() {
        var snapshot = Sample.snapshot([
            .redeemed(digest: "code", until: Sample.start + .minutes(10))
        ])
        snapshot.apply(
            record(2, .redeemed(digest: "b", until: Sample.start + .days(1)), after: .minutes(10)))
        #expect(snapshot.isRedeemed(digest: "code"))
        snapshot.apply(
            record(3, .redeemed(digest: "c", until: Sample.start + .days(1)), after: .minutes(12)))
        #expect(!snapshot.isRedeemed(digest: "code"))
        #expect(snapshot.isRedeemed(digest: "b"))
    }

    @Test("remembers a device's code an hour after it expired, no longer — RFC 8628 §3.2")
    func devices() {
        var snapshot = Sample.snapshot([.deviceAuthorization(Sample.device)])
        let code = Sample.device.userCode
        var other = Sample.device
        for (index, minutes) in [75, 77].enumerated() {
            #expect(snapshot.deviceAuthorization(userCode: code) == Sample.device)
            other = DeviceAuthorization(
                userCode: "OTHER\(index)", client: other.client, tenant: nil, scope: "openid",
                expiresAt: Sample.start + .days(1))
            snapshot.apply(
                record(
                    UInt64(index) + 2, .deviceAuthorization(other), after: .minutes(minutes)))
        }
        #expect(snapshot.deviceAuthorization(userCode: code) == nil)
        #expect(snapshot.deviceAuthorization(userCode: "OTHER0") != nil)
    }

    @Test("held while writes happen stays as it was")
    func isolation() {
        var current = Sample.snapshot(Array(Sample.everyEvent.dropLast(8)))
        let held = current
        let before = answers(of: held)
        for (index, event) in Sample.everyEvent.suffix(8).enumerated() {
            current.apply(record(100 + UInt64(index), event))
        }
        for number in 0..<600 {
            current.apply(record(200 + UInt64(number), .userCreated(Sample.user("n\(number)"))))
        }
        #expect(answers(of: held) == before)
        #expect(held.userCount == 2)
        #expect(current.userCount == 602)
    }

    @Test("rebuilt from its own contents gives the same answers")
    func restoration() throws {
        let original = Sample.snapshot(Array(Sample.everyEvent.dropLast(6)))
        var copy = DirectorySnapshot(profile: Sample.profile)
        SnapshotContent.forEachEvent(of: original) { copy.restore($0) }
        original.forEachChange { change in
            var line: [UInt8] = []
            SnapshotContent.encode(change, into: &line)
            let decoded = try? SnapshotContent.decodeChange(line)
            #expect(decoded == change)
            copy.restore(change)
        }
        copy.finishRestoration(sequence: original.sequence, changesAreCompleteAfter: 0)
        #expect(answers(of: copy) == answers(of: original))
        #expect(copy.changes(after: 0) == original.changes(after: 0))
    }

    private func record(
        _ sequence: UInt64, _ event: TenantEvent, after delay: Duration = .zero
    ) -> LogRecord {
        LogRecord(sequence: sequence, at: Sample.start + delay, event: event)
    }

    /// Everything a snapshot says, as text.
    private func answers(of snapshot: DirectorySnapshot) -> [String] {
        var lines = ["\(snapshot.sequence) \(snapshot.userCount) \(snapshot.groupCount)"]
        SnapshotContent.forEachEvent(of: snapshot) { event in
            var line: [UInt8] = []
            EventCodec.encode(LogRecord(sequence: 0, at: .epoch, event: event), into: &line)
            lines.append(String(decoding: line, as: UTF8.self))
        }
        for user in snapshot.users {
            lines.append("\(user.id) \(snapshot.groups(containing: .user(user.id)))")
            lines.append("\(snapshot.directReports(of: user.id))")
        }
        return lines
    }
}
