import Glibc
import SimCrypto
import SimHTTP

/// Bytes out.
extension ServerConnection {
    var unsentCount: Int { unsent.count - unsentStart }

    func send(_ output: [UInt8]) {
        guard !output.isEmpty, state != .closed else { return }
        guard let tls else {
            transmit(output)
            return
        }
        do throws(TLSFailure) {
            try tls.write(output)
        } catch {
            close()
            return
        }
        sendCiphertext()
    }

    func sendCiphertext() {
        guard let tls, tls.hasCiphertext, state != .closed else { return }
        let keeps = server.ciphertext.capacity <= 1 << 20
        server.ciphertext.removeAll(keepingCapacity: keeps)
        tls.takeCiphertext(into: &server.ciphertext)
        transmit(server.ciphertext)
    }

    func transmit(_ bytes: [UInt8]) {
        guard unsentCount == 0 else {
            unsent.append(contentsOf: bytes)
            return
        }
        guard let sent = Descriptor.send(descriptor, bytes, from: 0) else {
            close()
            return
        }
        if sent < bytes.count {
            unsent = Array(bytes[sent...])
            unsentStart = 0
        }
    }

    func flush() {
        guard unsentCount > 0 else { return }
        guard let sent = Descriptor.send(descriptor, unsent, from: unsentStart) else {
            close()
            return
        }
        unsentStart += sent
        if sent > 0 { deadline = server.loop.now + server.configuration.writeTimeout }
        if unsentCount == 0 {
            unsent = []
            unsentStart = 0
            handleRequests()
        }
    }

    func farewell() {
        tls?.shutdown()
        sendCiphertext()
    }
}
