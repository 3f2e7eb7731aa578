/// A changed fixture that was taken in while its tenant runs, or why it was not.
public struct FixtureReload: Sendable {
    /// Folder name: `contoso`.
    public let tenant: String
    /// What it changed, an object a line; empty when nothing that counts did.
    public let changes: [String]
    /// What differs in the files and is served with the next start only: sample apps, settings of
    /// the login endpoint, the tenant's own name, domains and region.
    public let waiting: [String]
    /// Why nothing was taken in; nil when it was.
    public let failure: SimulatorFailure?
}
