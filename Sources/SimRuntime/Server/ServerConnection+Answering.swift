import Glibc
import SimHTTP

/// Requests to the handler, answers in order into bytes.
extension ServerConnection {
    var canHandle: Bool {
        state == .open && delivery == nil
            && replies.count < server.configuration.pipelineDepth
            && unsentCount <= server.configuration.outputByteLimit
    }

    /// Handles what is buffered, up to the turn's share, and sends the answers in one go.
    ///
    /// - Parameter first: a request that was read before those buffered.
    func handleRequests(first: HTTPRequestParser.ReceivedRequest? = nil) {
        guard first != nil || canHandle && parser.isMidRequest else { return }
        var output = server.output
        server.output = []
        // Those who wait for a signature take turns.
        var share = server.role == .work ? 1 : server.configuration.requestsPerTurn
        var moving: HTTPRequestParser.ReceivedRequest?
        if let first {
            handle(first, &output)
            share -= 1
        }
        do throws(HTTPProtocolError) {
            handling: while canHandle, output.count <= server.configuration.outputByteLimit {
                guard share > 0 else {
                    if parser.isMidRequest { waitForTurn() }
                    break
                }
                switch try parser.next() {
                case .needsMoreBytes: break handling
                case .continueExpected:
                    if replies.isEmpty { output.append(contentsOf: HTTPSerializer.continueLine) }
                case .request(let received) where belongsElsewhere(received.request):
                    moving = received
                    break handling
                case .request(let received):
                    handle(received, &output)
                    share -= 1
                }
            }
        } catch {
            refuse(error, &output)
        }
        let wasCut = output.count > server.configuration.outputByteLimit
        sendAndKeep(&output)
        if let moving { return move(with: moving) }
        // The requests behind a large answer must not lie: no further byte may come to wake them.
        if wasCut, canHandle { waitForTurn() }
    }

    /// Sends what one call has written, and gives the buffer back to the loop.
    func sendAndKeep(_ output: inout [UInt8]) {
        send(output)
        output.removeAll(keepingCapacity: output.capacity <= 1 << 20)
        server.output = output
        output = []
    }

    /// Goes on handling in the next turn, after the connections that are ready then.
    func waitForTurn() {
        if waitsForTurn { return }
        waitsForTurn = true
        server.loop.resumeNextTurn(token)
    }

    func handle(
        _ received: HTTPRequestParser.ReceivedRequest, _ output: inout [UInt8]
    ) {
        let form = ReplyQueue.Form(
            keepsAlive: received.keepsAlive, isHTTP10: received.minorVersion == 0,
            isHead: received.request.method == .head)
        let sequence = nextSequence
        nextSequence += 1
        let reply = ServerReply(mailbox: server.mailbox, connection: token, sequence: sequence)
        let response = server.handler.handle(received.request, reply: reply)
        if let response, replies.isEmpty, response.delivery.isEmpty {
            append(response, form, to: &output)
        } else {
            replies.append(sequence, form, response)
            appendReadyReplies(to: &output)
        }
        // A client that asked to close gets no further request read.
        if !received.keepsAlive, state == .open { state = .finishing }
    }

    func refuse(_ error: HTTPProtocolError, _ output: inout [UInt8]) {
        let response = HTTPResponse(
            status: error.status, headers: ["Content-Type": "text/plain; charset=utf-8"],
            body: Array("\(error.reason)\n".utf8))
        state = .finishing
        lingers = true
        replies.append(
            nextSequence, .init(keepsAlive: false, isHTTP10: false, isHead: false), response)
        nextSequence += 1
        appendReadyReplies(to: &output)
    }

    func appendReadyReplies(to output: inout [UInt8]) {
        while delivery == nil, let (response, form) = replies.popReady() {
            if response.delivery.isEmpty {
                append(response, form, to: &output)
            } else {
                plan(response, form)
            }
        }
    }

    func append(
        _ response: HTTPResponse, _ form: ReplyQueue.Form, to output: inout [UInt8]
    ) {
        var closes = !form.keepsAlive || server.isStopping
        if response.headers.asksToClose { closes = true }
        let persistence: HTTPSerializer.Persistence =
            closes ? .close : form.isHTTP10 ? .keepAlive : .implied
        let start = output.count
        do throws(UnsendableHeader) {
            try HTTPSerializer.append(
                response, to: &output, date: server.date(), persistence: persistence,
                isHead: form.isHead)
        } catch {
            output.removeSubrange(start...)
            let text = "the answer's header field '\(error.name)' cannot be sent\n"
            let failure = HTTPResponse(status: 500, body: Array(text.utf8))
            // The replacement has no field of its own.
            try? HTTPSerializer.append(
                failure, to: &output, date: server.date(), persistence: persistence,
                isHead: form.isHead)
        }
        if closes {
            // Requests pipelined after this one are not answered. RFC 9112 §9.6.
            state = .finishing
            lingers = lingers || parser.isMidRequest
            replies.removeAll()
        }
    }
}
