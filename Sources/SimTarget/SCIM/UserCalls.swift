import SimCore
import SimHTTP
import SimSCIM

/// Calls on `/Users`. RFC 7644 §3.3 to §3.6.
extension SampleAppState {
    func createUser(_ call: SCIMCall) throws(SCIMError) -> SampleAppDecision {
        var attributes = try ResourceType.user.attributes(from: call.json())
        if attributes["active"] == nil { attributes["active"] = true }
        let id = call.random.guid(for: Self.idPurpose).description
        return try SampleAppDecision(
            .user, id, status: 201, call, changes: saving(id, attributes, call))
    }

    func oneUser(_ call: SCIMCall, _ id: String) throws(SCIMError) -> SampleAppDecision {
        guard let record = users[id] else { throw Self.notFound(.user, id) }
        try call.checkPrecondition(record.tag)
        switch call.method {
        case .put:
            var attributes = try ResourceType.user.attributes(from: call.json())
            if attributes["active"] == nil { attributes["active"] = true }
            return try SampleAppDecision(.user, id, call, changes: saving(id, attributes, call))
        case .patch:
            var attributes = record.attributes
            for operation in try PatchRequest(parsing: call.json()).operations {
                try operation.apply(to: &attributes, as: .user)
            }
            return try SampleAppDecision(.user, id, call, changes: saving(id, attributes, call))
        case HTTPMethod.delete:
            return SampleAppDecision(
                HTTPResponse(status: 204), changes: [.userDeleted(id: id)])
        case _:
            if call.defects.contains(.hiddenInactive), record.isArchived {
                throw Self.notFound(.user, id)
            }
            if call.hasCurrent(record.tag) {
                return SampleAppDecision(
                    HTTPResponse(status: 304, headers: ["ETag": record.tag]))
            }
            return try SampleAppDecision(.user, id, call)
        }
    }

    static let idPurpose = RandomPurpose("sample-app-resource")

    /// The change that saves the user; none when nothing differs.
    private func saving(
        _ id: String, _ attributes: JSONObject, _ call: SCIMCall
    ) throws(SCIMError) -> [SampleAppChange] {
        var attributes = attributes
        // The page has no sign-in of its own, so a password is accepted and forgotten.
        attributes["password"] = nil
        try ResourceType.user.check(attributes)
        let name = attributes["userName"]?.stringValue ?? ""
        let others = userIDs(named: name).filter { other in
            other != id && call.isClash(users[other]?.userName, name)
        }
        if !others.isEmpty { throw Self.taken("userName", name) }
        if users[id]?.attributes == attributes { return [] }
        return [.userSaved(id: id, attributes: attributes)]
    }
}
