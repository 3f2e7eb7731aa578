import SimCore
import SimPortal

/// Talks to a running simulator's control API.
struct SimulatorClient: Sendable {
    let address: ControlAddress
    let transport: any ControlTransport

    /// Sends one request below `/sim/v1` and reads its JSON.
    ///
    /// - Parameters:
    ///   - path: segments, not yet escaped.
    ///   - query: pairs with a value are sent in this order.
    /// - Returns: null when the answer has no body.
    @discardableResult
    func send(
        _ method: String, _ path: [String], query: [(String, String?)] = [],
        body: JSONValue? = nil
    ) throws(CommandFailure) -> JSONValue {
        let reply = try exchange(method, path, query, body)
        return reply.body.isEmpty ? .null : try json(reply)
    }

    /// Reads one answer that is plain text.
    func text(_ path: [String], query: [(String, String?)] = []) throws(CommandFailure) -> String {
        String(decoding: try exchange("GET", path, query, nil).body, as: UTF8.self)
    }

    private func exchange(
        _ method: String, _ path: [String], _ query: [(String, String?)], _ body: JSONValue?
    ) throws(CommandFailure) -> ControlReply {
        var target = ControlRoutes.prefix
        for segment in path { target += "/" + PercentCoding.encode(segment) }
        let fields = query.compactMap { pair in pair.1.map { FormFields.Field(pair.0, $0) } }
        if !fields.isEmpty { target += "?" + FormFields(fields).encoded(.component) }
        let reply: ControlReply
        do throws(TransportFailure) {
            reply = try transport.send(method, target, body, to: address)
        } catch {
            throw failure(error)
        }
        guard reply.status < 300 else { throw refusal(reply.status, try json(reply)) }
        return reply
    }

    private func json(_ reply: ControlReply) throws(CommandFailure) -> JSONValue {
        do throws(JSONError) {
            return try JSONValue(parsing: reply.body)
        } catch {
            throw CommandFailure(
                .unreachable, "\(address.url) answers \(reply.status), but not as entra-sim",
                hint: "check --url")
        }
    }

    private func failure(_ failure: TransportFailure) -> CommandFailure {
        switch failure {
        case .unreachable(let reason):
            CommandFailure(
                .unreachable, "no simulator answers at \(address.url): \(reason)",
                hint: "start one with 'entra-sim serve', or name it with --url")
        case .untrusted(let reason):
            CommandFailure(
                .unreachable, "the certificate of \(address.url) is not trusted: \(reason)",
                hint: "name its authority with --ca-file keys/ca.pem")
        case .broken(let reason):
            CommandFailure(
                .unreachable, "\(address.url) broke off: \(reason)",
                hint: "the simulator's own output says more")
        }
    }

    private func refusal(_ status: Int, _ value: JSONValue) -> CommandFailure {
        let error = value["error"]
        let message = error?["message"]?.stringValue ?? "the simulator answers \(status)"
        let code = error?["code"]?.stringValue.flatMap(ControlError.Code.init(rawValue:))
        switch code {
        case .unauthorized, .forbidden:
            return CommandFailure(
                .refused, message,
                hint: "the token is the ready-file's controlToken: use --data or --control-token")
        case .failed, .timedOut:
            return CommandFailure(.failure, message, hint: error?["hint"]?.stringValue)
        case .badRequest, .unknownKey, .notFound, .ambiguous, .conflict, .methodNotAllowed,
            .tooManyRequests, nil:
            return CommandFailure(.refused, message, hint: error?["hint"]?.stringValue)
        }
    }
}
