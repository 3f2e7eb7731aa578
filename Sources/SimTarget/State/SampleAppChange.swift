import SimCore

/// One accepted change of an app's data. The state is the fold of its changes.
package enum SampleAppChange: Hashable, Sendable {
    /// A user created or changed; the attributes are all of them.
    case userSaved(id: String, attributes: JSONObject)
    case userDeleted(id: String)
    /// A group created or changed, without its members.
    case groupSaved(id: String, attributes: JSONObject)
    case groupDeleted(id: String)
    case membersEdited(group: String, [MemberEdit])
    case mappingChanged([RoleMapping])
    case keyIssued(APIKey)
    case keyRevoked(id: String)
    case tokenIssued(IssuedToken)
}

/// One step of a change of members; ids are those of users or groups.
package enum MemberEdit: Hashable, Sendable {
    case add([String])
    case remove([String])
    case replace([String])
}

/// A change with its time, as the journal keeps it.
package struct SampleAppRecord: Hashable, Sendable {
    package let at: Timestamp
    package let change: SampleAppChange

    package init(at time: Timestamp, _ change: SampleAppChange) {
        at = time
        self.change = change
    }
}

/// A journal record that is not one of this app's.
package struct SampleAppRecordError: Error, Hashable, Sendable {
    /// 0-based place in the journal.
    package let index: Int
    /// What the record says it is; nil when it does not say.
    package let kind: String?
}
