import SimDirectory

/// What is to be done about an object, before the target is asked. provisioning.md §1.6, §1.8.
enum Plan: Sendable {
    /// No call, no row.
    case ignore(ObjectResult.LinkChange)
    /// No call, a row.
    case skip(SkipReason, ObjectResult.LinkChange)
    /// Create or update.
    case provision
    /// Switch off, and remember it as standing so.
    case disable(Link.Standing)
    case delete

    /// Whether the accidental-deletion guard counts it. provisioning.md §3.
    var isRemoval: Bool {
        switch self {
        case .disable, .delete: true
        case .ignore, .skip, .provision: false
        }
    }

    init(
        _ work: ObjectWork, source: SourceObject?, link: Link?, mapping: CompiledMapping,
        context: TaskContext
    ) {
        guard let source else {
            self = Self.gone(link, mapping, context.job.settings)
            return
        }
        // Filtered while reading: neither provisioned nor deprovisioned.
        guard source.entitlement.verdict?.isRead ?? true else {
            self = .ignore(.keep)
            return
        }
        switch work.key.kind {
        case .user where context.isOnDemand && !source.entitlement.isActive:
            // Only who was unassigned can be disabled on demand. provisioning.md §4.
            self = .skip(.notEffectivelyEntitled, .keep)
        case .user:
            self =
                link.map { Self.linkedUser(work, source.entitlement, $0, mapping, context) }
                ?? Self.newUser(work, source.entitlement, context)
        case .group: self = Self.group(work, source.entitlement, link, mapping)
        }
    }

    /// Purged, or a deleted group: what is still managed is deleted in the target.
    private static func gone(
        _ link: Link?, _ mapping: CompiledMapping, _ settings: ProvisioningSettings
    ) -> Plan {
        guard let link else { return .ignore(.keep) }
        guard link.standing != .unmanaged, mapping.flowTypes.contains(.delete) else {
            return .ignore(.remove)
        }
        // Still on: the soft delete was never seen. provisioning.md §1.12.
        let isFastPurge = mapping.kind == .user && link.standing == .active
        return isFastPurge && settings.losesDeleteOnFastPurge ? .ignore(.remove) : .delete
    }

    private static func newUser(
        _ work: ObjectWork, _ entitlement: Entitlement, _ context: TaskContext
    ) -> Plan {
        guard entitlement.isSoftDeleted else { return .provision }
        // Who was never near the app leaves no row; a user somebody just unassigned does.
        let isNear = entitlement.isAssigned || work.cause == .assignmentChanged
        return isNear && work.cause != .scopeMayDiffer || context.scope.scope == .all
            ? .skip(.notEffectivelyEntitled, .keep) : .ignore(.keep)
    }

    private static func linkedUser(
        _ work: ObjectWork, _ entitlement: Entitlement, _ link: Link, _ mapping: CompiledMapping,
        _ context: TaskContext
    ) -> Plan {
        let isQuiet = work.cause == .scopeMayDiffer
        guard entitlement.isSoftDeleted else {
            return isQuiet && link.standing == .active ? .ignore(.keep) : .provision
        }
        if entitlement.isActive, context.job.configuration.skipsOutOfScopeDeletions,
            link.standing == .active
        {
            return .skip(.entrySynchronizationSkipped, .keep)
        }
        let standing: Link.Standing = entitlement.isInScope ? .disabled : .unmanaged
        var changed = link
        changed.standing = standing
        let change: ObjectResult.LinkChange = standing == link.standing ? .keep : .set(changed)
        // After an unfinished cycle nobody knows whether it was switched on again.
        guard link.standing == .active || context.isRecovering else {
            return isQuiet ? .ignore(change) : .skip(.redundantSoftDelete, change)
        }
        guard mapping.canDisable, mapping.flowTypes.contains(.update) else {
            return .skip(.redundantExport, change)
        }
        return .disable(standing)
    }

    private static func group(
        _ work: ObjectWork, _ entitlement: Entitlement, _ link: Link?, _ mapping: CompiledMapping
    ) -> Plan {
        if entitlement.isInScope {
            return link != nil && work.cause == .scopeMayDiffer ? .ignore(.keep) : .provision
        }
        guard link != nil else {
            // Filtered out although assigned leaves a row too.
            let isNear = entitlement.isAssigned && work.cause != .scopeMayDiffer
            return isNear || work.cause == .assignmentChanged
                ? .skip(.notEffectivelyEntitled, .keep) : .ignore(.keep)
        }
        return mapping.flowTypes.contains(.delete) ? .delete : .ignore(.remove)
    }
}
