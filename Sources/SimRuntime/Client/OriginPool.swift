import SimCrypto
import SimHTTP

/// The connections to one origin and the requests that wait for one of them.
final class OriginPool {
    let key: PoolKey
    private unowned let client: ClientLoop
    private var connections: [ClientConnection] = []
    private var waiting: [ClientCall] = []
    private var waitingStart = 0

    init(_ client: ClientLoop, _ key: PoolKey) {
        self.client = client
        self.key = key
    }

    func add(_ call: ClientCall) {
        waiting.append(call)
        assign()
    }

    /// Sends `call` again on a connection of its own, ahead of those that wait.
    func retry(_ call: ClientCall) {
        client.counters.update { $0.retries += 1 }
        connect(call, mayRetry: false)
    }

    /// True when the call was here.
    func cancel(_ id: UInt64) -> Bool {
        if let index = waiting[waitingStart...].firstIndex(where: { $0.id == id }) {
            waiting.remove(at: index).completion(.failure(.cancelled))
            return true
        }
        for connection in connections where connection.currentCall == id {
            connection.fail(.cancelled)
            return true
        }
        return false
    }

    func cancelAll() {
        let left = waiting[waitingStart...]
        waiting = []
        waitingStart = 0
        for call in left { call.completion(.failure(.cancelled)) }
        for connection in connections { connection.fail(.cancelled) }
    }

    /// A connection has become free.
    func becameIdle(_ connection: ClientConnection) {
        assign()
    }

    func closed(_ connection: ClientConnection) {
        connections.removeAll { $0 === connection }
        assign()
        if connections.isEmpty, waitingStart == waiting.count { client.removePool(key) }
    }

    private func assign() {
        while waitingStart < waiting.count {
            // The most recently used connection is the least likely to be closed meanwhile.
            if let idle = connections.last(where: { $0.isIdle }) {
                let call = takeWaiting()
                client.counters.update { $0.requestsOnReusedConnection += 1 }
                idle.send(call, mayRetry: true)
            } else if connections.count < client.configuration.connectionsPerOrigin {
                connect(takeWaiting(), mayRetry: true)
            } else {
                return
            }
        }
    }

    private func takeWaiting() -> ClientCall {
        let call = waiting[waitingStart]
        waitingStart += 1
        if waitingStart == waiting.count {
            waiting.removeAll(keepingCapacity: true)
            waitingStart = 0
        } else if waitingStart >= 1_024 {
            waiting.removeSubrange(..<waitingStart)
            waitingStart = 0
        }
        return call
    }

    private func connect(_ call: ClientCall, mayRetry: Bool) {
        client.counters.update { $0.connectionsOpened += 1 }
        let connection = ClientConnection(client, self, call, mayRetry: mayRetry)
        connections.append(connection)
        connection.open()
    }
}
