import SimCore
import SimDirectory
import SimPortal
import SimProvisioning

/// The log as the control API reads it: the newest rows, or page by page, waiting for more.
extension JobRunner {
    /// Rows that come together are answered together: the time between a wake-up and its answer.
    private static let gatheringTime: Duration = .milliseconds(50)

    func logs(
        _ query: ProvisioningLogQuery,
        _ completion: @escaping @Sendable (Result<ControlAnswer, ControlError>) -> Void
    ) throws(ControlError) {
        let context = ProvisioningLogContext(job: try configured())
        let filter = try filter(query)
        let standing = logStanding
        guard let position = query.from else {
            let rows = standing.log.newest(filter, limit: query.limit)
            let end = standing.log.endPosition
            return completion(.success(.json(standing.answer(rows, next: end, context))))
        }
        let page = standing.log.page(from: position, filter, limit: query.limit)
        let hasEnded = query.seenCycles.map { $0 != standing.endedCycles } ?? false
        if !page.rows.isEmpty || hasEnded || query.wait == .zero {
            return completion(
                .success(.json(standing.answer(page.rows, next: page.next, context))))
        }
        let reply: @Sendable () -> Void = {
            let standing = self.logStanding
            let page = standing.log.page(from: page.next, filter, limit: query.limit)
            completion(.success(.json(standing.answer(page.rows, next: page.next, context))))
        }
        let loop = environment.loop
        let ticket = watch { loop.schedule(after: Self.gatheringTime, reply) }
        guard let ticket else {
            throw ControlError(
                status: 429, code: .tooManyRequests,
                message: "\(LogWatchers.limit) callers wait for this log already",
                hint: "end one of the 'provision logs --follow'")
        }
        // A row may have come between the look and the ticket.
        let now = logStanding
        let isLate =
            now.log.endPosition > standing.log.endPosition
            || now.endedCycles != standing.endedCycles
        if isLate, stopWatching(ticket) { return reply() }
        loop.schedule(after: query.wait) {
            if self.stopWatching(ticket) { reply() }
        }
    }
}

/// A log with what readers who follow it want to know, of one moment.
struct LogStanding {
    let log: ProvisioningLog
    let endedCycles: Int
    let isIdle: Bool

    func answer(
        _ rows: [ProvisioningLogEntry], next: Int, _ context: ProvisioningLogContext
    ) -> JSONValue {
        [
            "value": .array(rows.map { $0.resource(context) }), "next": .int(Int64(next)),
            "isEnd": .bool(next >= log.endPosition), "endedCycles": .int(Int64(endedCycles)),
            "isIdle": .bool(isIdle),
        ]
    }
}

// MARK: - Conditions that name something

extension JobRunner {
    private func filter(_ query: ProvisioningLogQuery) throws(ControlError) -> LogFilter {
        var filter = query.filter
        if let cycle = query.cycle { filter.cycle = try cycleID(cycle) }
        switch (query.user, query.group) {
        case (nil, nil): break
        case (let user?, nil): filter.objects = try objects(.user, user)
        case (nil, let group?): filter.objects = try objects(.group, group)
        case (.some, .some):
            throw .badRequest("a row is about a user or a group", hint: "name one of them")
        }
        return filter
    }

    /// A cycle that has ended, the one under way, or one that still has rows.
    private func cycleID(_ reference: CycleReference) throws(ControlError) -> GUID {
        if let cycle = history.cycle(reference) { return cycle.summary.id }
        if case .id(let id) = reference,
            jobState.running?.id == id || log.entries.contains(where: { $0.cycle == id })
        {
            return id
        }
        throw unknownCycle(reference)
    }

    func unknownCycle(_ reference: CycleReference) -> ControlError {
        let cycles = history.numberedCycles
        guard let first = cycles.first?.number, let last = cycles.last?.number else {
            return ControlError(
                status: 404, code: .notFound, message: "no cycle of '\(app)' has ended yet",
                hint: "'entra-sim provision run' runs one")
        }
        let error = ControlError.notFound(
            "cycle", reference.text, known: cycles.map { $0.summary.id.description })
        return ControlError(
            status: error.status, code: error.code, message: error.message,
            hint: error.hint ?? "cycles \(first) to \(last) are kept")
    }

    /// Names looked at for the nearest one.
    private static let hintLimit = 10_000

    /// The objects with a name or id: in the directory, in its recycle bin, or in the log.
    private func objects(
        _ kind: ObjectKey.Kind, _ name: String
    ) throws(ControlError) -> Set<ObjectKey> {
        let wanted = name.lowercased()
        let snapshot = host.snapshot
        var found: Set<ObjectKey> = []
        var names: Set<String> = []
        switch kind {
        case .user:
            let deleted = snapshot.deletedUsers.filter {
                $0.userPrincipalName.lowercased() == wanted
            }
            let named = [snapshot.user(userPrincipalName: name)].compactMap(\.self) + deleted
            for user in named { found.insert(.user(user.id)) }
            if let id = UserID(name), snapshot.user(id) != nil { found.insert(.user(id)) }
        case .group:
            for group in snapshot.groups
            where group.displayName.lowercased() == wanted || group.id.description == wanted {
                found.insert(.group(group.id))
            }
        }
        // Whoever is gone for good, and whoever had the name before, is in the log only.
        for row in log.entries where row.subject.kind == kind {
            let title = kind == .user ? row.reportableID : row.displayName
            if title.lowercased() == wanted || row.subject.guid.description == wanted {
                found.insert(row.subject)
            } else if names.count < Self.hintLimit {
                names.insert(title)
            }
        }
        guard found.isEmpty else { return found }
        let known =
            kind == .user
            ? snapshot.users.prefix(Self.hintLimit).map(\.userPrincipalName)
            : snapshot.groups.prefix(Self.hintLimit).map(\.displayName)
        throw .notFound(kind.rawValue.lowercased(), name, known: known + names.sorted())
    }
}
