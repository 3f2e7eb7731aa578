import SimCore
import SimDirectory
import SimErrors
import SimIdentity
import SimPortal

/// Carries out `token mint`.
struct TokenMinting {
    let services: SimulatorServices

    func token(_ mint: TokenMint, in host: TenantHost) throws(ControlError) -> JSONValue {
        let now = services.clock.now
        let snapshot = host.snapshot
        let order: TokenOrder
        do throws(DirectoryEditError) {
            let edits = DirectoryEdits(snapshot, now: now, random: services.random)
            let client = try edits.application(mint.app)
            let user = try mint.user.map { name throws(DirectoryEditError) in
                try edits.user(name).userPrincipalName
            }
            order = TokenOrder(
                tenant: snapshot.profile.id, client: client.appID, userPrincipalName: user,
                scope: mint.scopes.isEmpty
                    ? "\(client.appID)/.default" : mint.scopes.joined(separator: " "),
                lifetime: mint.lifetime)
        } catch {
            throw ControlError(error)
        }
        do throws(AADSTSError) {
            return .object(try services.identity.mint(order, now: now))
        } catch {
            throw .badRequest("\(error)", hint: error.entry.remedy)
        }
    }
}
