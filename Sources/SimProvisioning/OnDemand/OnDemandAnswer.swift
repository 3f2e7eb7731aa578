import SimCore

/// What came of provisioning one object on demand. provisioning.md §4.
package struct OnDemandAnswer: Hashable, Sendable {
    package enum Result: String, CaseIterable, Sendable {
        case success = "Success"
        case skipped = "Skipped"
        case failure = "Failure"
    }

    /// Error code and message of `details`; nil for a success.
    package struct Problem: Hashable, Sendable {
        package let code: String
        package let message: String
    }

    package let request: OnDemandRequest
    /// The rows it logged: members first, then the object, then its references.
    package let entries: [ProvisioningLogEntry]
    /// Why the target could not be used at all.
    package let connection: ConnectionTestResult.Failure?
    package let beganAt: Timestamp
    package let endedAt: Timestamp
    package let context: ProvisioningLogContext

    /// The rows about the object itself, references included.
    var own: [ProvisioningLogEntry] { entries.filter { $0.subject == request.subject } }

    /// Failed when anything did; skipped when nothing was written.
    package var result: Result {
        if connection != nil || entries.contains(where: { $0.status == .failure }) {
            return .failure
        }
        return entries.contains { $0.status == .success } ? .success : .skipped
    }

    package var problem: Problem? {
        if let connection {
            return Problem(code: connection.code.rawValue, message: connection.details)
        }
        if let failure = entries.lazy.compactMap(\.failure).first {
            return Problem(code: failure.code.rawValue, message: failure.reason)
        }
        guard result == .skipped else { return nil }
        guard let row = own.first, let reason = row.skipReason else {
            return Problem(
                code: SkipReason.importSkipped.rawValue,
                message: "The object does not concern this application.")
        }
        let type = row.subject.kind.rawValue.lowercased()
        return Problem(
            code: reason.rawValue,
            message: reason == .redundantExport
                ? "The state of the \(type) in both the source and target systems already match."
                : LogStep.skip.description(in: row, status: .skipped))
    }
}
