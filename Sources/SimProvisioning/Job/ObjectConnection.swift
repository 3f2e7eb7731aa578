import SimCore
import SimDirectory

/// Which object of the target belongs to an object of the directory. provisioning.md §6.6.
package struct ObjectConnection: Hashable, Sendable {
    package let key: ObjectKey
    /// The object's id in the target.
    package let target: String
    package let displayName: String

    /// By the id of either side, the directory's first; nil when nothing is connected by that id.
    package init?(_ id: String, in state: ProvisioningJobState, snapshot: DirectorySnapshot) {
        let sources: [ObjectKey] = GUID(id).map { [.user(UserID($0)), .group(GroupID($0))] } ?? []
        let found =
            sources.first { state.links[$0] != nil }
            ?? ObjectKey.Kind.allCases.lazy.compactMap { state.owner(ofTarget: id, kind: $0) }.first
        guard let key = found, let link = state.links[key] else { return nil }
        self.key = key
        target = link.target
        displayName =
            switch key {
            case .user(let user): snapshot.user(user)?.displayName ?? ""
            case .group(let group): snapshot.group(group)?.displayName ?? ""
            }
    }

    /// As Graph shows it.
    package var resource: JSONValue {
        [
            "objectId": .string(key.guid.description),
            "sourceAnchor": .string(key.guid.description),
            "targetAnchor": .string(target), "displayName": .string(displayName),
            "objectTypeName": .string(key.kind.rawValue),
        ]
    }
}

extension ProvisioningJobState {
    /// Whether a connection may be removed: only while no cycle can use it. provisioning.md §6.6.
    package var allowsDisconnecting: Bool { !isScheduled && running == nil }
}
