import SimCore
import SimDirectory

@testable import SimProvisioning

// Groups and their members.
extension Recording {
    static let groupQuery = Recording(
        title: "A group looked for by name: excludedAttributes before filter",
        source: "provisioning.md §7.2, §7.5 match [W]", extract: .queries,
        people: { directory in
            for name in ["Field Team", "R&D (west)+1", "Zoë's"] { directory.addGroup(name) }
        })

    static let groupRead = Recording(
        title: "A linked group read by id without its members",
        source: "provisioning.md §7.5 read linked [D]",
        events: [{ $0.directory.rename("Builders", "Builders") }])

    static let groupCreate = Recording(
        title: "A new group: without members, which follow in the reference pass",
        source: "provisioning.md §7.5 create, core URI only [D]",
        people: { directory in
            directory.addUser("bob")
            directory.addGroup("Builders", members: ["bob"])
        })

    static let groupAdopt = Recording(
        title: "A group the target already has: linked by its name, and given what differs",
        source: "provisioning.md §1.7 one match [D]", people: { $0.addGroup("Builders") },
        target: { $0.put(group: ["displayName": "builders", "externalId": "old"], id: "77") })

    static let groupRename = Recording(
        title: "A renamed group", source: "provisioning.md §7.5 rename [D]",
        events: [{ $0.directory.rename("Builders", "Makers") }])

    static let groupDelete = Recording(
        title: "A group deleted or unassigned", source: "provisioning.md §1.8, §7.5 delete [D]",
        extract: .writes, events: [{ $0.directory.unassign("Builders") }])

    // MARK: Members

    private static let team: @Sendable (inout TestDirectory) -> Void = { directory in
        for name in ["ada", "bob", "cora", "dan", "eve"] { directory.addUser(name) }
        directory.addGroup("Builders", members: ["bob"])
    }

    private static func members(
        _ title: String, source: String, adds: [String] = [], removes: [String] = [],
        settings: @escaping @Sendable (inout ProvisioningSettings) -> Void = { _ in }
    ) -> Recording {
        Recording(
            title: title, source: source, settings: settings, people: team,
            events: [
                { bench in
                    for name in adds { bench.directory.addMember(name, to: "Builders") }
                    for name in removes { bench.directory.removeMember(name, from: "Builders") }
                }
            ])
    }

    static let memberAdd = members(
        "A member more", source: "provisioning.md §7.5 add member [D]; no $ref (unverified)",
        adds: ["ada"])
    static let memberAddSeveral = members(
        "Several members more: one PATCH",
        source: "provisioning.md §7.5 several members [D], one operation §12 question 5",
        adds: ["ada", "cora"])
    static let memberAddBatches = members(
        "More members than fit into one PATCH (setting: two)",
        source: "provisioning.md §7.5, §12 question 5 (size unverified, a setting)",
        adds: ["ada", "cora", "dan"], settings: { $0.memberBatchSize = 2 })
    static let memberAddReference = members(
        "A member more with $ref, as in the tutorial, where that is switched on",
        source: "provisioning.md §7.4 member $ref [D] tutorial", adds: ["ada"], removes: ["bob"],
        settings: { $0.sendsMemberReference = true })
    static let memberRemove = members(
        "A member less: by value, or by a filter",
        source: "provisioning.md §7.5 remove member [D][W] SCIM-SDK#167, scim-patch#959",
        removes: ["bob"])
    static let memberSwap = members(
        "A member less and one more: removals first",
        source: "provisioning.md §7.5 (order unverified)", adds: ["ada"], removes: ["bob"])

    static let memberRemoveSeveral = Recording(
        title: "Several members less",
        source: "provisioning.md §7.5 remove member [D]; one operation §12 question 5",
        people: { directory in
            for name in ["ada", "bob", "cora"] { directory.addUser(name) }
            directory.addGroup("Builders", members: ["ada", "bob", "cora"])
        },
        events: [
            { bench in
                for name in ["ada", "cora"] { bench.directory.removeMember(name, from: "Builders") }
            }
        ])
}
