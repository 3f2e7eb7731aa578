import SimCore
import SimDirectory

/// What a job still has to try again, and what its scoping filter reads in a way that is not
/// certain: the end of a report, as of now.
package struct WaitingReport: Sendable {
    /// A failure with its next attempt.
    package struct Item: Hashable, Sendable {
        package let name: String
        /// `manager` or `members`; nil for the object itself.
        package let reference: String?
        package let code: ProvisioningErrorCode
        package let retries: Int
        package let since: Timestamp
        package let nextAttempt: Timestamp
        package let isTransient: Bool
    }

    /// A clause whose pattern gives another answer when it must match the whole value.
    package struct DoubtfulClause: Hashable, Sendable {
        package let text: String
        /// Names of objects it is about, the first few.
        package var names: [String]
        package var count: Int
    }

    /// Objects whose scope is looked at for doubtful clauses.
    package static let evaluationLimit = 1_000
    private static let lineLimit = 25
    private static let nameLimit = 3

    /// By next attempt, then by name.
    package let items: [Item]
    package let doubtful: [DoubtfulClause]

    /// - Parameter subjects: whom the cycle had rows about.
    package init(
        job: ProvisioningJob, state: ProvisioningJobState, snapshot: DirectorySnapshot,
        subjects: [ObjectKey], at now: Timestamp
    ) {
        items = Self.items(state, snapshot)
        doubtful = Self.doubtful(job, snapshot, subjects, now)
    }

    private static func items(
        _ state: ProvisioningJobState, _ snapshot: DirectorySnapshot
    ) -> [Item] {
        func item(_ key: ObjectKey, _ reference: String?, _ escrow: Escrow) -> Item {
            Item(
                name: snapshot.reportName(of: key), reference: reference, code: escrow.code,
                retries: escrow.retries, since: escrow.createdAt, nextAttempt: escrow.nextAttempt,
                isTransient: escrow.kind == .transient)
        }
        var items: [Item] = []
        for (key, escrow) in zip(state.escrows.keys, state.escrows.rows) {
            items.append(item(key, nil, escrow))
        }
        for held in state.deferrals.rows {
            guard let escrow = held.escrow else { continue }
            let owner = held.reference.place.owner
            items.append(item(owner, owner.kind == .user ? "manager" : "members", escrow))
        }
        return items.sorted {
            ($0.nextAttempt, $0.name, $0.reference ?? "")
                < ($1.nextAttempt, $1.name, $1.reference ?? "")
        }
    }

    private static func doubtful(
        _ job: ProvisioningJob, _ snapshot: DirectorySnapshot, _ subjects: [ObjectKey],
        _ now: Timestamp
    ) -> [DoubtfulClause] {
        guard job.users?.filter != nil || job.groups?.filter != nil else { return [] }
        let environment = CycleEnvironment(
            job: job, snapshot: snapshot, calls: SCIMCalls(job: job, activity: .zero, at: now),
            isInitial: true)
        var found: [DoubtfulClause] = []
        for key in subjects.prefix(evaluationLimit) {
            let verdict: ScopingVerdict? =
                switch key {
                case .user(let id):
                    snapshot.user(id).flatMap { environment.scope.entitlement(of: $0).verdict }
                case .group(let id):
                    snapshot.group(id).flatMap { environment.scope.entitlement(of: $0).verdict }
                }
            for clause in verdict?.groups.flatMap(\.clauses) ?? [] where clause.isAmbiguous {
                let name = snapshot.reportName(of: key)
                guard let index = found.firstIndex(where: { $0.text == clause.text }) else {
                    found.append(DoubtfulClause(text: clause.text, names: [name], count: 1))
                    continue
                }
                found[index].count += 1
                if found[index].names.count < nameLimit { found[index].names.append(name) }
            }
        }
        return found
    }

    /// Empty when nothing waits and nothing is in doubt; else it begins with an empty line.
    package var text: String {
        var lines: [String] = []
        if !items.isEmpty {
            lines += ["", "  waiting for another attempt"]
            for item in items.prefix(Self.lineLimit) {
                let name = item.name + (item.reference.map { " (\($0))" } ?? "")
                let when =
                    item.isTransient
                    ? "in the next cycle" : "after \(item.nextAttempt.iso8601)"
                lines.append(
                    "    \(name)  \(item.code.rawValue), retried \(item.retries) times since "
                        + "\(item.since.iso8601), again \(when)")
            }
            if items.count > Self.lineLimit {
                lines.append("    … and \(items.count - Self.lineLimit) more")
            }
        }
        if !doubtful.isEmpty {
            lines += ["", "  scoping filters that Entra may read otherwise"]
            for clause in doubtful {
                let more = clause.count > clause.names.count ? " and others" : ""
                lines.append(
                    "    \(clause.text)  another answer when the whole value must match: "
                        + clause.names.joined(separator: ", ") + more)
            }
        }
        return lines.map { $0 + "\n" }.joined()
    }

    /// `waiting` and `doubtfulClauses`.
    package var members: [JSONObject.Member] {
        [
            .init(
                "waiting",
                .array(
                    items.map { item in
                        [
                            "name": .string(item.name),
                            "reference": item.reference.map { .string($0) } ?? nil,
                            "code": .string(item.code.rawValue),
                            "retries": .int(Int64(item.retries)),
                            "since": .string(item.since.iso8601),
                            "nextAttempt": .string(item.nextAttempt.iso8601),
                            "inEveryCycle": .bool(item.isTransient),
                        ]
                    })),
            .init(
                "doubtfulClauses",
                .array(
                    doubtful.map {
                        [
                            "text": .string($0.text), "objects": .int(Int64($0.count)),
                            "names": JSONValue(strings: $0.names),
                        ]
                    })),
        ]
    }
}

extension DirectorySnapshot {
    /// What a person calls an object: user principal name, or a group's display name; the id of
    /// one that is gone.
    package func reportName(of key: ObjectKey) -> String {
        switch key {
        case .user(let id): user(id)?.userPrincipalName ?? id.description
        case .group(let id): group(id)?.displayName ?? id.description
        }
    }
}
