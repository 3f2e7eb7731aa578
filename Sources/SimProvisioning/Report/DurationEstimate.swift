import SimDirectory

/// How long Entra says an initial cycle takes. provisioning.md §11.
///
/// What the real service would need, never what this simulator does: for a demo that shows what to
/// expect, and for a timetable.
package struct DurationEstimate: Hashable, Sendable {
    /// Where the minutes come from.
    package enum Basis: String, CaseIterable, Sendable {
        /// `0.01 × N` to `0.08 × N` minutes, N assigned users, groups and members.
        case assignedFormula
        /// The documentation's older table of sizes, for "sync all users and groups".
        case retiredTable
        /// Nothing was ever published for that many.
        case unpublished
    }

    /// Users and groups in scope.
    package let objects: Int
    package let basis: Basis
    package let minimumMinutes: Double?
    package let maximumMinutes: Double?

    /// - Parameter provisionsGroups: of "sync all", whether groups are sent too.
    package init(
        scope: ProvisioningConfiguration.Scope, objects: Int, provisionsGroups: Bool = true
    ) {
        self.objects = objects
        switch scope {
        case .assignedOnly:
            basis = .assignedFormula
            // Divided, not multiplied: 7 objects are 0.07 minutes, not 0.07000000000000001.
            minimumMinutes = Double(objects) / 100
            maximumMinutes = Double(objects) * 8 / 100
        case .all:
            let row = Self.table.first { objects < $0.below }
            basis = row == nil ? .unpublished : .retiredTable
            let range = provisionsGroups ? row?.usersAndGroups : row?.users
            minimumMinutes = range.map { Double($0.lowerBound) }
            maximumMinutes = range.map { Double($0.upperBound) }
        }
    }

    /// "< 30 min" is 0 to 30. The last line was published for users and groups only.
    private static let table:
        [(below: Int, usersAndGroups: ClosedRange<Int>, users: ClosedRange<Int>?)] = [
            (1_000, 0...30, 0...30), (10_000, 30...120, 43...86), (100_000, 713...1_425, nil),
        ]
}

extension ProvisioningJob {
    /// What the job would have to read and match from the beginning.
    package func durationEstimate(in snapshot: DirectorySnapshot) -> DurationEstimate {
        let found = ScopeEvaluator(
            snapshot: snapshot, servicePrincipal: servicePrincipal, scope: configuration.scope
        ).candidates()
        return DurationEstimate(
            scope: configuration.scope,
            objects: found.users.count + (groups == nil ? 0 : found.groups.count),
            provisionsGroups: groups != nil)
    }
}
