import SimCore
import SimDirectory

@testable import SimProvisioning

// Users switched off and on, deleted, and their managers.
extension Recording {
    static let userDisable = Recording(
        title: "Sign-in blocked, unassigned, filtered out or deleted: switched off",
        source: "provisioning.md §7.4 Disable, §1.8 [D][W]",
        events: [{ $0.directory.set("ada", "accountEnabled", false) }])

    static let userDisableLowerCase = Recording(
        title: "The same where the mapping's literals were changed to lower case",
        source: "provisioning.md §1.8 [W]",
        configure: users([
            ("userName", "[userPrincipalName]"),
            ("active", #"Switch([IsSoftDeleted], , "False", "true", "True", "false")"#),
        ]), events: [{ $0.directory.unassign("ada") }])

    static let userDisableChanged = Recording(
        title: "Switched off and changed in one cycle: only the switch is sent",
        source: "provisioning.md §1.8 (a disable is PATCH active False) [D]",
        events: [
            {
                $0.directory.set("ada", "jobTitle", "Engineer")
                $0.directory.unassign("ada")
            }
        ])

    static let userEnable = Recording(
        title: "Assigned again, restored or unblocked: switched on",
        source: "provisioning.md §7.4 Enable, §1.8 [D]",
        events: [
            { $0.directory.set("ada", "accountEnabled", false) },
            { $0.directory.set("ada", "accountEnabled", true) },
        ])

    static let userEnableChanged = Recording(
        title: "Switched on with other values than before",
        source: "provisioning.md §1.8 (PATCH active True and differences) [D]; own operation [W]",
        events: [
            { $0.directory.unassign("ada") },
            {
                $0.directory.set("ada", "displayName", "Ada Lovelace")
                $0.directory.set("ada", "jobTitle", "Engineer")
                $0.directory.assign(.user(TestDirectory.userID("ada")), "ada")
            },
        ])

    static let userDelete = Recording(
        title: "Purged from the recycle bin, or there for 30 days: deleted",
        source: "provisioning.md §7.4 delete, §1.8 hard delete [D]",
        events: [
            { $0.directory.append(.userDeleted(TestDirectory.userID("ada"))) },
            { $0.directory.append(.userPurged(TestDirectory.userID("ada"))) },
        ])

    // MARK: Manager

    private static let hierarchy: @Sendable (inout TestDirectory) -> Void = { directory in
        for name in ["ada", "bob", "cora"] { directory.addUser(name) }
    }

    private static func manager(
        _ title: String, source: String, becomes names: [String?],
        form: ProvisioningSettings.ManagerClearing = .emptyText
    ) -> Recording {
        Recording(
            title: title, source: source, extract: .writes,
            settings: { $0.managerClearing = form }, people: hierarchy,
            events: names.map { name in { $0.directory.setManager(name, of: "ada") } })
    }

    static let managerAdd = manager(
        "A manager, a bare target id", source: "provisioning.md §7.4 Manager [W] 2023, 2024",
        becomes: ["bob"])
    static let managerChange = manager(
        "Another manager", source: "provisioning.md §7.4 Manager change [D] test 25",
        becomes: ["bob", "cora"])
    static let managerClear = manager(
        "No manager any more", source: "provisioning.md §7.4 Manager clear [W]",
        becomes: ["bob", nil])
    static let managerClearEmptyValue = manager(
        "No manager any more, with the setting emptyValue",
        source: "provisioning.md §7.4 Manager clear [W] validator", becomes: ["bob", nil],
        form: .emptyValue)
    static let managerClearRemove = manager(
        "No manager any more, with the setting remove",
        source: "provisioning.md §7.4 Manager clear, lower-case dialect [W] weak",
        becomes: ["bob", nil], form: .remove)
}
