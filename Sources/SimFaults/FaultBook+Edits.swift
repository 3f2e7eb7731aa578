import SimCore

/// What somebody changes in a fixture while its rules are in the book.
extension FaultBook {
    /// Takes in what differs between a tenant's rules as they were written and as they are.
    ///
    /// A rule that stays keeps its counters, and one that was cleared at run time stays cleared.
    /// New ones stand where the file has them. Either everything is taken in or nothing.
    package mutating func edit(
        _ old: [FaultRule], to new: [FaultRule], of tenant: String, at now: Timestamp
    ) throws(FaultRuleError) {
        forgetExpired(at: now)
        var book = self
        for rule in old.without(new) {
            if let index = book.entries.firstIndex(where: { $0.tenant == tenant && $0.rule == rule }
            ) {
                book.entries.remove(at: index)
            }
        }
        for rule in new.without(old) { _ = try book.add(rule, of: tenant, at: now) }
        book.arrange(new, of: tenant, at: entries.prefix { $0.tenant != tenant }.count)
        self = book
    }

    /// Puts a tenant's entries behind each other in the order of its file.
    ///
    /// - Parameter place: of the first of them.
    private mutating func arrange(_ rules: [FaultRule], of tenant: String, at place: Int) {
        var places: [FaultRule: Int] = [:]
        for (index, rule) in rules.enumerated() where places[rule] == nil { places[rule] = index }
        let own = entries.filter { $0.tenant == tenant }.enumerated().sorted { left, right in
            (places[left.element.rule] ?? 0, left.offset)
                < (places[right.element.rule] ?? 0, right.offset)
        }
        entries.removeAll { $0.tenant == tenant }
        entries.insert(contentsOf: own.map(\.element), at: min(place, entries.count))
    }
}

extension [FaultRule] {
    /// These but for those of the others; of two that are the same, one goes for each.
    package func without(_ others: [FaultRule]) -> [FaultRule] {
        var counts: [FaultRule: Int] = [:]
        for rule in others { counts[rule, default: 0] += 1 }
        return filter { rule in
            guard let count = counts[rule], count > 0 else { return true }
            counts[rule] = count - 1
            return false
        }
    }
}
