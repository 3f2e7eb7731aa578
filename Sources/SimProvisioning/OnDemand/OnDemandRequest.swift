import SimCore
import SimDirectory

/// One user, or one group with at most five of its members. provisioning.md §4.
package struct OnDemandRequest: Hashable, Sendable {
    package static let memberLimit = 5

    /// Why a request is refused before anything is looked at.
    package enum Refusal: Error, Hashable, Sendable {
        case tooManyMembers(Int)
        case membersOfUser
        /// The group mapping is switched off.
        case groupsNotProvisioned
        case notMembers([UserID])
    }

    package let subject: ObjectKey
    /// Members of the group to be provisioned with it, nobody twice.
    package let members: [UserID]

    package init(user: UserID) {
        subject = .user(user)
        members = []
    }

    package init(group: GroupID, members: [UserID] = []) {
        subject = .group(group)
        var seen: Set<UserID> = []
        self.members = members.filter { seen.insert($0).inserted }
    }

    /// Why `job` cannot do this; nil when it can try.
    package func refusal(
        by job: ProvisioningJob, in snapshot: DirectorySnapshot
    ) -> Refusal? {
        guard case .group(let group) = subject else {
            return members.isEmpty ? nil : .membersOfUser
        }
        guard job.groups != nil else { return .groupsNotProvisioned }
        guard members.count <= Self.memberLimit else { return .tooManyMembers(members.count) }
        let strangers = members.filter { !snapshot.isMember(.user($0), of: group) }
        return strangers.isEmpty ? nil : .notMembers(strangers)
    }
}

/// Five requests in ten seconds, as the service allows. provisioning.md §4.
package struct OnDemandRate: Sendable {
    package static let limit = 5
    package static let window = Duration.seconds(10)

    private var times: [Timestamp] = []

    package init() {}

    /// Whether a request at `now` may go ahead; one that may is counted.
    package mutating func admits(at now: Timestamp) -> Bool {
        times.removeAll { now - $0 >= Self.window || $0 > now }
        guard times.count < Self.limit else { return false }
        times.append(now)
        return true
    }
}
