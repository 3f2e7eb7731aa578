import COpenSSL
import SimCore

/// One TLS connection as a machine: ciphertext in, plaintext out and the other way round.
///
/// It performs no input or output and starts no timer. The owner hands it what arrived, reads
/// plaintext until `needsMore`, and sends what `takeCiphertext` gives after every other call.
/// Not Sendable: it belongs to one event loop.
package final class TLSConnection {
    /// Most plaintext one read appends, in bytes: one TLS record. RFC 8446 §5.1.
    package static let recordByteLimit = 16_384

    /// Largest buffer kept for ciphertext to come, in bytes.
    private static let keptByteLimit = 65_536

    /// What reading came to.
    package enum ReadStatus: Hashable, Sendable {
        /// Plaintext was appended; there may be more.
        case progress
        /// Nothing more before the peer sends something.
        case needsMore
        /// The peer said goodbye (`close_notify`): a clean end, nothing follows.
        case closed
    }

    private let ssl: OpaquePointer
    /// Owned by `ssl`; what the peer sent and has not been read.
    private let incoming: OpaquePointer
    /// Owned by `ssl`; what has to be sent.
    private var outgoing: OpaquePointer
    private let context: TLSContext
    /// Plaintext written before the handshake was complete.
    private var waiting: [UInt8] = []
    private var failure: TLSFailure?
    private var hasShutDown = false

    /// The server's side.
    package convenience init(server context: TLSContext) throws(CryptoError) {
        precondition(context.side == .server, "a server connection needs a server's context")
        try self.init(context)
        SSL_set_accept_state(ssl)
    }

    /// The client's side; the first flight is ready to be taken at once.
    ///
    /// - Parameters:
    ///   - serverName: what the certificate must be for: a DNS name or an IP literal.
    ///   - moment: when the certificate must be valid; nil is the machine's own time, which is
    ///     right for a server out in the world.
    package convenience init(
        client context: TLSContext, serverName: String, verifyingAt moment: Timestamp? = nil
    ) throws(CryptoError) {
        precondition(context.side == .client, "a client connection needs a client's context")
        let name = try ServerName(serverName)
        try self.init(context)
        let operation = "ask for the server \"\(serverName)\""
        let parameters = SSL_get0_param(ssl)
        switch name {
        case .dns(let host):
            guard shim_SSL_set_tlsext_host_name(ssl, host) == 1, SSL_set1_host(ssl, host) == 1
            else { throw .drained(operation) }
        case .address(let address):
            // RFC 6066 §3: no literal addresses in the server name extension.
            guard X509_VERIFY_PARAM_set1_ip_asc(parameters, address) == 1 else {
                throw .drained(operation)
            }
        }
        if let moment { X509_VERIFY_PARAM_set_time(parameters, Int(moment.seconds)) }
        SSL_set_connect_state(ssl)
        ERR_clear_error()
        let status = SSL_do_handshake(ssl)
        guard SSL_get_error(ssl, status) == SSL_ERROR_WANT_READ else { throw .drained(operation) }
    }

    private init(_ context: TLSContext) throws(CryptoError) {
        guard let ssl = SSL_new(context.pointer) else { throw .drained("open a TLS connection") }
        guard let incoming = BIO_new(BIO_s_mem()), let outgoing = BIO_new(BIO_s_mem()) else {
            SSL_free(ssl)
            throw .drained("open a TLS connection")
        }
        // An empty buffer means "later", not "the end": the owner knows about ends.
        _ = shim_BIO_set_mem_eof_return(incoming, -1)
        _ = shim_BIO_set_mem_eof_return(outgoing, -1)
        SSL_set_bio(ssl, incoming, outgoing)
        self.ssl = ssl
        self.incoming = incoming
        self.outgoing = outgoing
        self.context = context
    }

    deinit {
        SSL_free(ssl)
    }

    /// Whether both sides have agreed on keys.
    package var isHandshakeComplete: Bool { SSL_is_init_finished(ssl) == 1 }

    /// `TLSv1.3` or `TLSv1.2` once the handshake is complete, nil before.
    package var negotiatedVersion: String? {
        isHandshakeComplete ? String(cString: SSL_get_version(ssl)) : nil
    }

    /// The name the client asked for (SNI), as a server sees it; nil when it asked for none.
    package var requestedServerName: String? {
        SSL_get_servername(ssl, TLSEXT_NAMETYPE_host_name).map { String(cString: $0) }
    }

    /// Whether there is something to send.
    package var hasCiphertext: Bool { BIO_ctrl_pending(outgoing) > 0 }

    /// Accepts what arrived from the peer. Read until `needsMore` before the next call: what is
    /// not read is kept. Nothing is accepted after a failure.
    package func receive(_ ciphertext: [UInt8]) {
        ciphertext.withUnsafeBytes { receive($0) }
    }

    /// Accepts what arrived from the peer, as above.
    package func receive(_ ciphertext: UnsafeRawBufferPointer) {
        guard failure == nil else { return }
        var rest = ciphertext[...]
        while !rest.isEmpty {
            let part = UnsafeRawBufferPointer(rebasing: rest.prefix(Int(Int32.max)))
            let count = BIO_write(incoming, part.baseAddress, Int32(part.count))
            precondition(count > 0, "a memory buffer refuses only when memory is exhausted")
            rest = rest.dropFirst(Int(count))
        }
    }

    /// Goes on with the handshake, then appends up to one record of plaintext.
    package func readPlaintext(into plaintext: inout [UInt8]) throws(TLSFailure) -> ReadStatus {
        if let failure { throw failure }
        var count = 0
        let status = withUnsafeTemporaryAllocation(
            byteCount: Self.recordByteLimit, alignment: 16
        ) { buffer in
            ERR_clear_error()
            let status = SSL_read_ex(ssl, buffer.baseAddress, buffer.count, &count)
            if status == 1 { plaintext.append(contentsOf: buffer[..<count]) }
            return status
        }
        let result: ReadStatus
        switch SSL_get_error(ssl, status) {
        case SSL_ERROR_NONE: result = .progress
        case SSL_ERROR_WANT_READ, SSL_ERROR_WANT_WRITE: result = .needsMore
        case SSL_ERROR_ZERO_RETURN: result = .closed
        default: throw fail()
        }
        try sendWaiting()
        return result
    }

    /// Encrypts `plaintext`; before the handshake is complete it is kept until then.
    package func write(_ plaintext: [UInt8]) throws(TLSFailure) {
        try plaintext.span.withUnsafeBytes { bytes throws(TLSFailure) in try write(bytes) }
    }

    /// Encrypts `plaintext`, as above.
    package func write(_ plaintext: UnsafeRawBufferPointer) throws(TLSFailure) {
        if let failure { throw failure }
        guard !plaintext.isEmpty else { return }
        guard isHandshakeComplete else {
            waiting.append(contentsOf: plaintext)
            return
        }
        try encrypt(plaintext)
    }

    /// Appends everything that has to be sent and forgets it.
    package func takeCiphertext(into ciphertext: inout [UInt8]) {
        var start: UnsafeMutablePointer<CChar>?
        let count = shim_BIO_get_mem_data(outgoing, &start)
        guard count > 0, let start else { return }
        ciphertext.append(contentsOf: UnsafeRawBufferPointer(start: start, count: count))
        // A memory buffer never shrinks and clears itself in full at each reset: one that has
        // grown is replaced, so that a large answer does not weigh on an idle connection.
        if count > Self.keptByteLimit, let fresh = BIO_new(BIO_s_mem()) {
            _ = shim_BIO_set_mem_eof_return(fresh, -1)
            SSL_set0_wbio(ssl, fresh)
            outgoing = fresh
        } else {
            _ = shim_BIO_reset(outgoing)
        }
    }

    /// Says goodbye to the peer (`close_notify`), once; reading may go on. Without it peers report
    /// a truncated connection. Does nothing during the handshake and after a failure.
    package func shutdown() {
        guard failure == nil, isHandshakeComplete, !hasShutDown else { return }
        hasShutDown = true
        ERR_clear_error()
        _ = SSL_shutdown(ssl)
        ERR_clear_error()
    }

    private func sendWaiting() throws(TLSFailure) {
        guard !waiting.isEmpty, isHandshakeComplete else { return }
        let plaintext = waiting
        waiting = []
        try write(plaintext)
    }

    private func encrypt(_ plaintext: UnsafeRawBufferPointer) throws(TLSFailure) {
        ERR_clear_error()
        var count = 0
        guard SSL_write_ex(ssl, plaintext.baseAddress, plaintext.count, &count) == 1 else {
            throw fail()
        }
    }

    private func fail() -> TLSFailure {
        let reasons = ErrorQueue.drain()
        let verdict = SSL_get_verify_result(ssl)
        let found: TLSFailure =
            if context.side == .client, verdict != Int(X509_V_OK) {
                .untrusted(
                    code: verdict,
                    reason: X509_verify_cert_error_string(verdict).map { String(cString: $0) } ?? ""
                )
            } else {
                .failed(
                    reason: reasons.isEmpty
                        ? "the connection failed" : reasons.joined(separator: "; "))
            }
        failure = found
        return found
    }
}
