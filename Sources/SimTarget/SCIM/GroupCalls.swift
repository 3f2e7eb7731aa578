import SimCore
import SimHTTP
import SimSCIM

/// Calls on `/Groups`. RFC 7644 §3.3 to §3.6.
extension SampleAppState {
    func createGroup(_ call: SCIMCall) throws(SCIMError) -> SampleAppDecision {
        let body = try call.json()
        let attributes = try ResourceType.group.attributes(
            from: body, keepingOutside: ["members"])
        let members = try GroupPatch.ids(body.objectValue?.scim("members"), in: self)
        let id = call.random.guid(for: Self.idPurpose).description
        var changes = try saving(id, attributes, call)
        if !members.isEmpty { changes.append(.membersEdited(group: id, [.add(members)])) }
        return try SampleAppDecision(.group, id, status: 201, call, changes: changes)
    }

    func oneGroup(_ call: SCIMCall, _ id: String) throws(SCIMError) -> SampleAppDecision {
        guard let record = groups[id] else { throw Self.notFound(.group, id) }
        try call.checkPrecondition(record.tag)
        switch call.method {
        case .put:
            let body = try call.json()
            let attributes = try ResourceType.group.attributes(
                from: body, keepingOutside: ["members"])
            let members = try GroupPatch.ids(body.objectValue?.scim("members"), in: self)
            let changes = try saving(id, attributes, call) + editing(record, [.replace(members)])
            return try SampleAppDecision(.group, id, call, changes: changes)
        case .patch: return try patch(record, call)
        case HTTPMethod.delete:
            return SampleAppDecision(
                HTTPResponse(status: 204), changes: [.groupDeleted(id: id)])
        case _:
            if call.hasCurrent(record.tag) {
                return SampleAppDecision(
                    HTTPResponse(status: 304, headers: ["ETag": record.tag]))
            }
            return try SampleAppDecision(.group, id, call)
        }
    }

    /// Answered without a body, as Entra wants groups patched; provisioning.md §9.1. A client that
    /// names `attributes` gets them.
    private func patch(
        _ record: GroupRecord, _ call: SCIMCall
    ) throws(SCIMError) -> SampleAppDecision {
        let patch = try GroupPatch(PatchRequest(parsing: call.json()), of: record, in: self)
        let changes =
            try saving(record.id, patch.attributes, call)
            + editing(record, call.defects.contains(.wipedMembers) ? patch.wiping : patch.edits)
        guard call.query["attributes"] != nil else {
            return SampleAppDecision(HTTPResponse(status: 204), changes: changes)
        }
        return try SampleAppDecision(.group, record.id, call, changes: changes)
    }

    private func saving(
        _ id: String, _ attributes: JSONObject, _ call: SCIMCall
    ) throws(SCIMError) -> [SampleAppChange] {
        let name = attributes["displayName"]?.stringValue ?? ""
        let others = groupIDs(named: name).filter { other in
            other != id && call.isClash(groups[other]?.displayName, name)
        }
        if !others.isEmpty { throw Self.taken("displayName", name) }
        if groups[id]?.attributes == attributes { return [] }
        return [.groupSaved(id: id, attributes: attributes)]
    }

    /// The edits without those that change nothing.
    private func editing(_ record: GroupRecord, _ edits: [MemberEdit]) -> [SampleAppChange] {
        // A single step can be compared with what is; of several, only the first could.
        guard edits.count == 1 else {
            return edits.isEmpty ? [] : [.membersEdited(group: record.id, edits)]
        }
        let isIdle =
            switch edits[0] {
            case .add(let ids): ids.allSatisfy { record.detail.contains($0) }
            case .remove(let ids): !ids.contains { record.detail.contains($0) }
            case .replace(let ids):
                Set(ids).count == record.detail.count
                    && ids.allSatisfy { record.detail.contains($0) }
            }
        return isIdle ? [] : [.membersEdited(group: record.id, edits)]
    }
}
