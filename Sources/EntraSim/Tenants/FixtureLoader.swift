import SimCore
import SimDirectory
import SimPortal

/// Reads a tenant's fixture again, for a reset.
struct FixtureLoader: Sendable {
    /// nil for the built-in tenant.
    let folder: String?

    func snapshot(
        of tenant: String, at now: Timestamp
    ) throws(ControlError) -> DirectorySnapshot {
        do throws(SimulatorFailure) {
            guard let source = try FixtureSource.all(in: folder).first(where: { $0.name == tenant })
            else {
                throw SimulatorFailure(
                    "the fixture of '\(tenant)' is gone", hint: "put its folder back")
            }
            return try source.fixture().snapshot(at: now)
        } catch {
            throw .conflict(error.message, hint: error.hint)
        }
    }
}
