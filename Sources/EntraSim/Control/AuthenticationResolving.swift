import SimCore
import SimDirectory
import SimPortal

extension AuthenticationSettings {
    /// The authentication after these changes, with apps looked up in a tenant.
    ///
    /// - Throws: also for a token endpoint that is no address.
    func applied(
        to old: TargetAuthentication, in edits: DirectoryEdits
    ) throws(ControlError) -> TargetAuthentication {
        if let tokenEndpoint, !tokenEndpoint.hasPrefix("{origin}/") {
            do throws(DirectoryEditError) {
                try edits.requireAbsolute([tokenEndpoint])
            } catch {
                throw ControlError(error)
            }
        }
        return try applied(to: old) { name throws(ControlError) in
            do throws(DirectoryEditError) {
                return try edits.application(name).appID
            } catch {
                throw ControlError(error)
            }
        }
    }
}
