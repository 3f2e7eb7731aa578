import SimCore

/// Where an app's accepted changes are kept across restarts.
package protocol SampleAppJournal: Sendable {
    /// Appends records in order, all or none, before the call that caused them is answered.
    func append(_ records: [JSONValue]) throws(SampleAppJournalError)

    /// Where it stands, to come back to.
    var mark: Int { get }

    /// Drops what was appended after `mark`.
    func rewind(to mark: Int) throws(SampleAppJournalError)
}

/// The journal could not keep a change; the call is answered 500 and changes nothing.
package struct SampleAppJournalError: Error, Hashable, Sendable {
    package let reason: String

    package init(reason: String) {
        self.reason = reason
    }
}
