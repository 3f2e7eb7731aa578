import SimCore
import SimDirectory

@testable import SimProvisioning

// Probes, a whole first cycle, and what settings do to every request.
extension Recording {
    static let probe = Recording(
        title: "Test Connection and the start of each cycle: one user and one group nobody has",
        source: "provisioning.md §7.3 [D], the group query [W]; header fields §7.1 [W]",
        extract: .probe, people: nobody)

    static let probeWithoutGroups = Recording(
        title: "The same where groups are not provisioned: the user alone",
        source: "provisioning.md §7.3 [D]", extract: .probe,
        configure: { $0.provisionsGroups = false }, people: nobody)

    static let firstCycle = Recording(
        title: "The first cycle of a user with a manager and of one group, from probe to members",
        source: "provisioning.md §7.7, order of phases §1.5 [D]", extract: .cycle,
        people: { directory in
            directory.addUser("boss")
            directory.addUser("ada")
            directory.setManager("boss", of: "ada")
            directory.addGroup("Eng", members: ["ada"])
        })

    static let tenantFlagsEchoed = Recording(
        title: "The tenant URL's flags sent with each request, where that is switched on",
        source: "provisioning.md §7.2, §12 question 2 (unverified, off by default)",
        settings: { $0.echoesTenantFlags = true }, people: { $0.addGroup("Eng") })

    static let engineHeaderOff = Recording(
        title: "Without the header that servers know Entra by, where that is switched off",
        source: "provisioning.md §7.1 [W], a switch of this simulator", extract: .probe,
        settings: { $0.sendsEngineHeader = false }, people: nobody)
}
