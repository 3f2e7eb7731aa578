import EntraSim
import EntraSimCLI
import SimCore

/// Talks to a simulator over HTTPS.
struct SystemTransport: ControlTransport {
    func send(
        _ method: String, _ path: String, _ body: JSONValue?, to address: ControlAddress
    ) throws(TransportFailure) -> ControlReply {
        do throws(ControlClient.Failure) {
            let client = try ControlClient(
                url: address.url, token: address.token, authorityFile: address.caFile)
            let reply = try client.send(method, path, body)
            return ControlReply(status: reply.status, body: reply.body)
        } catch {
            switch error {
            case .unreachable(let reason): throw .unreachable(reason: reason)
            case .untrusted(let reason): throw .untrusted(reason: reason)
            case .broken(let reason): throw .broken(reason: reason)
            }
        }
    }
}
