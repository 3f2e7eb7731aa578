import SimCore

/// A mail to an administrator: one when a quarantine begins, another when its reason changes.
/// Subject and frame of the service's mails are unpublished. provisioning.md §2.2.
package struct ProvisioningNotice: Hashable, Sendable {
    package static let sender = "azure-noreply@microsoft.com"

    package let at: Timestamp
    package let recipients: [String]
    package let subject: String
    /// Plain text, lines ended by line feeds.
    package let body: String

    package init(at: Timestamp, recipients: [String], subject: String, body: String) {
        self.at = at
        self.recipients = recipients
        self.subject = subject
        self.body = body
    }

    /// The mail about `quarantine`; nil when nobody is to be told, or told again.
    static func about(
        _ quarantine: Quarantine, previous: Quarantine?, job: ProvisioningJob, at now: Timestamp
    ) -> ProvisioningNotice? {
        let settings = job.configuration.notifications
        let recipients = settings.addresses
        guard settings.isEnabled, !recipients.isEmpty, previous?.reason != quarantine.reason
        else { return nil }
        let next =
            quarantine.nextAttempt.map { "The next attempt is at \($0.iso8601)." }
            ?? "The job has been disabled."
        return ProvisioningNotice(
            at: now, recipients: recipients,
            subject: "Provisioning to \(job.displayName) is in quarantine",
            body: """
                Provisioning to \(job.displayName) has been quarantined.

                Reason: \(quarantine.reason.rawValue)
                Job: \(job.id)
                In quarantine since: \(quarantine.seriesBegan.iso8601)
                \(next)

                Error code: \(quarantine.error.code)
                \(quarantine.error.message)

                """)
    }

    /// The mail as a file: headers, an empty line, the body.
    package var text: String {
        "Date: \(at.iso8601)\nFrom: \(Self.sender)\nTo: \(recipients.joined(separator: ", "))\n"
            + "Subject: \(subject)\n\n\(body)"
    }

    var payload: JSONValue {
        [
            "t": .int(at.microseconds), "to": JSONValue(strings: recipients),
            "subject": .string(subject), "body": .string(body),
        ]
    }

    init?(payload: JSONValue) {
        guard let at = payload.time("t"), let subject = payload["subject"]?.stringValue,
            let body = payload["body"]?.stringValue
        else { return nil }
        self.init(
            at: at, recipients: (payload["to"]?.arrayValue ?? []).compactMap(\.stringValue),
            subject: subject, body: body)
    }
}
