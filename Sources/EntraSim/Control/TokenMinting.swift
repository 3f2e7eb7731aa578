import SimCore
import SimDirectory
import SimIdentity
import SimPortal

/// Carries out `token mint`.
struct TokenMinting {
    let services: SimulatorServices

    func token(_ mint: TokenMint, in host: TenantHost) throws(ControlError) -> JSONValue {
        let now = services.clock.now
        let snapshot = host.snapshot
        let request: MintRequest
        do throws(DirectoryEditError) {
            let edits = DirectoryEdits(snapshot, now: now, random: services.random)
            let client = try edits.application(mint.app)
            let user = try mint.user.map { name throws(DirectoryEditError) in
                try edits.user(name).id
            }
            request = MintRequest(
                client: client.appID, user: user, scope: mint.scopes.joined(separator: " "),
                lifetime: mint.lifetime)
        } catch {
            throw ControlError(error)
        }
        do throws(MintRefusal) {
            return .object(try services.identity.mint(request, in: snapshot, now: now))
        } catch {
            throw .badRequest(error.text)
        }
    }
}
