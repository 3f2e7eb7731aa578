import SimCore

extension AppDefect {
    /// Keys beside `defect` in *what*.
    static let settings = ["delay", "retryAfter", "retryAfterForm"]

    /// Longest `slow-writes` delay.
    private static let longestDelay: Duration = .seconds(600)

    fileprivate init(_ reader: FaultObjectReader) throws(FaultRuleError) {
        let name = try reader.requiredChoice("defect", Name.self)
        let delay = try reader.duration("delay")
        let retryAfter = try reader.duration("retryAfter")
        let form = try reader.choice("retryAfterForm", FaultAnswer.RetryForm.self)
        if delay != nil, name != .slowWrites {
            throw FaultRuleError("'delay' does not go with '\(name.rawValue)'")
        }
        if let delay, delay > Self.longestDelay {
            throw FaultRuleError("'delay' is 10 minutes at most")
        }
        if retryAfter != nil, name != .throttled, name != .unavailable {
            throw FaultRuleError("'retryAfter' does not go with '\(name.rawValue)'")
        }
        guard form == nil || retryAfter != nil else {
            throw FaultRuleError("'retryAfterForm' in 'what' means nothing without 'retryAfter'")
        }
        self.init(
            name, delay: delay ?? Self.defaultDelay,
            retryAfter: retryAfter.map {
                form == .date ? .date($0) : .seconds($0.components.seconds)
            })
    }
}

extension FaultEffect {
    /// `{"defect": "lost-writes"}`: at an app by the app itself; on the way to any target as far
    /// as it can be done there.
    static func defect(
        _ reader: FaultObjectReader, _ site: FaultSite
    ) throws(FaultRuleError) -> FaultEffect {
        let defect = try AppDefect(reader)
        guard site == .scim else { return .defect(defect) }
        guard let onTheWay = FaultyTarget.Defect(defect.name) else {
            throw FaultRuleError(
                "only a sample app itself can do '\(defect.name.rawValue)'",
                hint: "use site 'apps'")
        }
        return .target(.defect(onTheWay))
    }
}

extension AppDefect.Name {
    /// Whether a call can show it at all; others neither count nor draw.
    func concerns(_ facts: FaultFacts) -> Bool {
        switch self {
        case .throttled, .serverErrors, .unavailable, .droppedCalls, .loginPage, .missingID,
            .changedID, .stringBooleans, .wrongContentType, .htmlErrors, .garbage:
            true
        case .notFoundFilters, .ignoredFilter, .blindFilters, .duplicateResults, .noTotalResults,
            .bareLists:
            facts.operation == .query
        case .hiddenInactive: facts.operation == .query || facts.operation == .read
        case .caseSensitiveNames: facts.operation != .read && facts.operation != .delete
        case .doubleCreates: facts.operation == .create
        case .lostWrites, .slowWrites, .lostAnswers: facts.operation?.writes ?? false
        case .refusedStringBooleans, .refusedCapitalOps: facts.operation == .update
        case .wipedMembers, .refusedGroupPatch:
            facts.operation == .update && facts.object == .group
        }
    }
}
