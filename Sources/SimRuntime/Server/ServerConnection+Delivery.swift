import Glibc
import SimHTTP

/// Answers that leave by a plan.
extension ServerConnection {
    func plan(_ response: HTTPResponse, _ form: ReplyQueue.Form) {
        // Timers of the loop may refer to this connection from now on.
        staysHere = true
        var bytes: [UInt8] = []
        append(response, form, to: &bytes)
        delivery = Delivery(of: response, as: bytes, isHead: form.isHead)
    }

    /// Carries out the plan's steps up to the next wait.
    func deliver() {
        while let step = delivery?.next(), state != .closed {
            switch step {
            case .send(let bytes): send(bytes)
            case .wait(let time, let turn):
                server.loop.schedule(after: time) { [weak self] in self?.goOn(turn) }
            case .reset: reset()
            case .hang:
                // A client that gives up is noticed: what it still sends is read and dropped.
                state = .finishing
                server.loop.schedule(after: DeliveryPlan.hangLimit) { [weak self] in
                    self?.close()
                }
            case .close:
                state = .finishing
                delivery = nil
            case .finished: delivery = nil
            }
        }
    }

    /// Goes on with the plan; when it is through, with the answers and requests after it.
    func carryOut() {
        while delivery != nil, state != .closed {
            if delivery?.isHanging == true {
                if isAtEnd { close() }
                return
            }
            if delivery?.isWaiting == true { return }
            deliver()
            guard delivery == nil, state != .closed else { continue }
            var output: [UInt8] = []
            appendReadyReplies(to: &output)
            send(output)
            handleRequests()
        }
    }

    func reset() {
        guard state != .closed else { return }
        Descriptor.resetOnClose(descriptor)
        close()
    }
}
