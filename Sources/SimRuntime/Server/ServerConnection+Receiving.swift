import Glibc
import SimCrypto
import SimHTTP

/// Bytes in: requests that are answered at once, and those that go through the parser.
extension ServerConnection {
    /// True when everything received was answered at once, so that nothing is left to settle.
    func receive() -> Bool {
        switch Descriptor.receive(descriptor, into: &server.scratch) {
        case .wouldBlock: return false
        case .failed: close()
        case .end:
            // A client may shut its side and still wait for the answers.
            isAtEnd = true
            if state == .lingering { close() }
        case .bytes(let count):
            guard state == .open else { return false }
            if let tls {
                receive(tls, count)
            } else {
                let answered = answerPlain(server.scratch, count)
                if answered == count, isAtRest {
                    deadline = server.loop.now + server.configuration.idleTimeout
                    moveIfAdvised()
                    return true
                }
                if answered < count { parser.append(server.scratch[answered..<count]) }
            }
            handleRequests()
        }
        return false
    }

    /// Whether the connection waits for the next request and was waiting for one before.
    var isAtRest: Bool {
        state == .open && wait == .nextRequest && interest == .read && unsentCount == 0
            && !isAtEnd
    }

    func receive(_ tls: TLSConnection, _ count: Int) {
        server.scratch.withUnsafeBytes {
            tls.receive(UnsafeRawBufferPointer(rebasing: $0[..<count]))
        }
        server.plaintext.removeAll(keepingCapacity: true)
        do throws(TLSFailure) {
            reading: while true {
                switch try tls.readPlaintext(into: &server.plaintext) {
                case .progress: continue
                case .needsMore: break reading
                case .closed:
                    isAtEnd = true
                    break reading
                }
            }
        } catch {
            // The alert, where there is one, still goes out.
            sendCiphertext()
            close()
            return
        }
        sendCiphertext()
        guard !server.plaintext.isEmpty else { return }
        let answered = answerPlain(server.plaintext, server.plaintext.count)
        parser.append(server.plaintext[answered...])
    }

    /// Answers the plain requests at the beginning of what was received; how many bytes those are.
    func answerPlain(_ bytes: [UInt8], _ count: Int) -> Int {
        guard let quick = server.quickAnswers, canHandle, !server.isStopping, replies.isEmpty,
            unsentCount == 0, !parser.isMidRequest
        else { return 0 }
        let received = bytes.span.extracting(..<count)
        var output = server.output
        server.output = []
        var answered = 0
        var share = server.configuration.requestsPerTurn
        while share > 0, output.count <= server.configuration.outputByteLimit,
            let request = PlainRequest.find(in: received, from: answered),
            quick.answer(request, in: received, from: remoteAddress, into: &output)
        {
            answered = request.end
            share -= 1
        }
        sendAndKeep(&output)
        return answered
    }
}
