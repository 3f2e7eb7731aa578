/// Every command, in the order the overview shows them.
enum CommandTree {
    static let commands: [Command] =
        [demo, serve] + tenantCommands + branchCommands + userCommands + groupCommands
        + assignmentCommands + accessCommands + locationCommands + [signIns]
        + appCommands + provisionCommands + clockCommands + faultCommands + defectCommands
        + drillCommands + journalCommands + keyCommands + policyCommands + toolCommands
}
