import SimCore
import SimDirectory
import SimErrors

/// What all policies together say. identity-platform.md §8.2.
struct AccessDecision: Sendable {
    /// Something that is missing, and who asks for it.
    struct Demand: Hashable, Sendable {
        let need: AccessNeed
        var policies: [AccessPolicyID]
    }

    var applied: [AppliedPolicy] = []
    var blockedBy: [AccessPolicyID] = []
    /// In the order of prompts.
    private(set) var demands: [Demand] = []
    /// The shortest of all sign-in frequencies.
    private(set) var frequency: Duration?
    /// It comes of a policy that wants a proof at each sign-in.
    private(set) var isEveryTime = false
    private var secondFactorFrequency: Duration?
    /// `never` beats `always`.
    private(set) var persistence: ConditionalAccessPolicy.SessionControls.Persistence?
    /// The person proved themselves too long ago.
    private(set) var isTooOld = false

    mutating func demand(_ need: AccessNeed, by policy: AccessPolicyID) {
        if let index = demands.firstIndex(where: { $0.need == need }) {
            demands[index].policies.append(policy)
        } else {
            demands.append(Demand(need: need, policies: [policy]))
            // A stable order: equal ranks stay as the policies are.
            demands.sort { $0.need.rank < $1.need.rank }
        }
    }

    mutating func add(
        _ session: ConditionalAccessPolicy.SessionControls?, of policy: AccessPolicyID
    ) {
        guard let session else { return }
        if let wanted = session.frequency {
            switch wanted.scope {
            case .primaryAndSecondaryAuthentication:
                if frequency.map({ wanted.limit < $0 }) ?? true {
                    frequency = wanted.limit
                    isEveryTime = wanted.interval == .everyTime
                }
            case .secondaryAuthentication:
                secondFactorFrequency = min(secondFactorFrequency ?? wanted.limit, wanted.limit)
            }
        }
        if let wanted = session.persistence, persistence != .never { persistence = wanted }
    }

    func isSecondFactorTooOld(_ signIn: SignIn, at now: Timestamp) -> Bool {
        guard let limit = secondFactorFrequency, let at = signIn.secondFactorAt else {
            return false
        }
        return now - at > limit
    }

    mutating func judgeAge(of signIn: SignIn, at now: Timestamp) {
        isTooOld = frequency.map { now - signIn.authenticatedAt > $0 } ?? false
    }

    /// A second factor is among what policies ask for, met or not.
    var asksForSecondFactor: Bool {
        demands.contains { $0.need.rank == 0 }
            || applied.contains {
                ($0.outcome == .success || $0.outcome == .failure)
                    && $0.grantControls.contains("Mfa")
            }
    }

    /// Nothing stands against access.
    var isGranted: Bool { blockedBy.isEmpty && demands.isEmpty && !isTooOld }

    /// The refusal of a browser's session whose proof is too old, where nobody may be asked.
    var sessionRefusal: AADSTSError { isEveryTime ? .reauthenticationDemanded : .sessionTooOld }

    /// `conditionalAccessStatus` of the log.
    var status: String {
        let outcomes = applied.map(\.outcome)
        if outcomes.contains(.failure) { return "failure" }
        return outcomes.contains(.success) ? "success" : "notApplied"
    }
}

// MARK: - Refusals

extension AccessDecision {
    /// What a refusal says of the resource and the person.
    struct Subject: Sendable {
        let resource: GUID
        let user: User
        let signIn: SignIn
        let facts: AccessFacts

        var device: Set<DeviceTrait> { facts.device }
    }

    /// The refusal where nobody can be asked; nil when access is granted. Order: aadsts.md §5.1,
    /// row 16: block, device and application, second factor, what lies outside, age.
    ///
    /// - Parameter tooOld: the refusal of a proof that is too old; the surfaces differ.
    func silentRefusal(
        _ subject: Subject, tooOld: (Duration) -> AADSTSError
    ) -> AADSTSError? {
        if let blocked = refusal(ofBlock: subject) { return blocked }
        if let fixed = demands.first(where: { !$0.need.canBeAsked }) {
            return refusal(of: fixed, subject, canAsk: false)
        }
        if let first = demands.first { return refusal(of: first, subject, canAsk: false) }
        guard isTooOld, let frequency else { return nil }
        return tooOld(frequency)
    }

    func refusal(ofBlock subject: Subject) -> AADSTSError? {
        blockedBy.isEmpty ? nil : .blockedByPolicy(reference(subject, blockedBy))
    }

    func refusal(of demand: Demand, _ subject: Subject, canAsk: Bool) -> AADSTSError {
        let reference = reference(subject, demand.policies)
        if demand.need.isAboutDevice, subject.facts.platform == .windowsPhone {
            return .platformUnsupported("Windows Phone")
        }
        switch demand.need {
        case .secondFactor(let strength):
            let fault: AADSTSError.SecondFactorFault =
                if subject.signIn.hasSecondFactor(strength) {
                    .tooOld
                } else {
                    subject.user.credential.secondFactor.reaches(strength)
                        ? .missing : .notRegistered
                }
            if fault == .notRegistered, subject.facts.forbidsRegistration {
                return .registrationAtRisk(reference)
            }
            return .secondFactor(fault, reference, canAsk: canAsk)
        case .compliantDevice:
            if subject.device.contains(.disabled) { return .deviceDisabled }
            return subject.device.isEmpty
                ? .compliantDeviceUnknown(reference) : .deviceNotCompliant(reference)
        case .joinedDevice:
            if subject.device.contains(.disabled) { return .deviceDisabled }
            return subject.device.isEmpty
                ? .managedDeviceUnknown(reference) : .deviceNotJoined(reference)
        case .managedDevice:
            if subject.device.contains(.disabled) { return .deviceDisabled }
            return subject.device.isEmpty
                ? .managedDeviceUnknown(reference) : .deviceNotCompliant(reference)
        case .approvedApplication: return .applicationNotApproved(reference)
        case .protectedApplication: return .applicationNotProtected(reference)
        case .passwordChange:
            return canAsk ? .riskNeedsPasswordChange : .blockedByPolicy(reference)
        case .termsOfUse: return .externalChallenge(reference)
        }
    }

    private func reference(
        _ subject: Subject, _ policies: [AccessPolicyID]
    ) -> AADSTSError.PolicyReference {
        AADSTSError.PolicyReference(
            resource: subject.resource, policies: policies.map(\.guid))
    }
}

extension AccessFacts {
    /// A sign-in at risk must not be the one that registers a second factor (53004).
    var forbidsRegistration: Bool {
        [risk, userRisk].contains { $0 == .medium || $0 == .high }
    }
}

extension SecondFactorMethod {
    /// Whether this method can give a proof of that strength.
    func reaches(_ strength: ConditionalAccessPolicy.Strength) -> Bool {
        switch (self, strength) {
        case (.none, _): false
        case (.passkey, _): true
        case (.simulatedCode, .multifactor), (.autoApproved, .multifactor),
            (.authenticator, .multifactor):
            true
        case (.simulatedCode, _), (.autoApproved, _), (.authenticator, _): false
        }
    }
}
