import COpenSSL

/// The versions spoken. RFC 5246, RFC 8446.
package enum TLSVersion: String, CaseIterable, Sendable {
    case v12 = "TLSv1.2"
    case v13 = "TLSv1.3"

    var number: Int32 {
        switch self {
        case .v12: TLS1_2_VERSION
        case .v13: TLS1_3_VERSION
        }
    }
}

/// Whose word a client takes for a server's name.
package enum TrustStore: Hashable, Sendable {
    /// The machine's authorities.
    case system
    /// These only; authorities, or a server's own certificate.
    case certificates([Certificate])
    /// The machine's authorities and these.
    case systemAnd([Certificate])

    var usesSystem: Bool {
        switch self {
        case .system, .systemAnd: true
        case .certificates: false
        }
    }

    var certificates: [Certificate] {
        switch self {
        case .system: []
        case .certificates(let list), .systemAnd(let list): list
        }
    }
}

/// The settings shared by many TLS connections of one side.
///
/// Unchecked: set up completely by its initialiser and never changed after; OpenSSL counts
/// references to an `SSL_CTX` atomically, and its locks guard what connections share.
/// That nothing else in it is changed after the initialiser protects the rest.
package final class TLSContext: @unchecked Sendable {
    /// Which side of a connection the context is for.
    package enum Side: Hashable, Sendable {
        case server, client
    }

    let pointer: OpaquePointer
    package let side: Side

    private init(_ side: Side, minimum: TLSVersion, maximum: TLSVersion) throws(CryptoError) {
        Library.prepare()
        let method =
            switch side {
            case .server: TLS_server_method()
            case .client: TLS_client_method()
            }
        guard let pointer = SSL_CTX_new(method) else { throw .drained("set up TLS") }
        self.pointer = pointer
        self.side = side
        guard shim_SSL_CTX_set_min_proto_version(pointer, minimum.number) == 1,
            shim_SSL_CTX_set_max_proto_version(pointer, maximum.number) == 1
        else { throw .drained("set up TLS") }
        // An idle connection then costs 16 KB instead of 50.
        _ = shim_SSL_CTX_set_mode(pointer, Int(SSL_MODE_RELEASE_BUFFERS))
        _ = SSL_CTX_set_options(pointer, shim_SSL_OP_NO_RENEGOTIATION())
        // Sessions live in tickets the clients hold; a table of them would grow with every peer.
        _ = shim_SSL_CTX_set_session_cache_mode(pointer, Int(SSL_SESS_CACHE_OFF))
    }

    deinit {
        SSL_CTX_free(pointer)
    }

    /// Settings for a server that shows `identity` whatever name the client asks for.
    package static func server(
        identity: TLSIdentity, minimum: TLSVersion = .v12, maximum: TLSVersion = .v13
    ) throws(CryptoError) -> TLSContext {
        let context = try TLSContext(.server, minimum: minimum, maximum: maximum)
        let operation = "set up a TLS server"
        guard SSL_CTX_use_certificate(context.pointer, identity.chain.first?.handle.pointer) == 1,
            SSL_CTX_use_PrivateKey(context.pointer, identity.key.pointer) == 1,
            SSL_CTX_check_private_key(context.pointer) == 1
        else { throw .drained(operation) }
        for certificate in identity.chain.dropFirst() {
            guard shim_SSL_CTX_add1_chain_cert(context.pointer, certificate.handle.pointer) == 1
            else { throw .drained(operation) }
        }
        _ = SSL_CTX_set_num_tickets(context.pointer, 1)
        SSL_CTX_set_alpn_select_cb(context.pointer, ApplicationProtocol.select, nil)
        return context
    }

    /// Settings for a client that believes `trust` and verifies every server.
    package static func client(
        trust: TrustStore, minimum: TLSVersion = .v12, maximum: TLSVersion = .v13
    ) throws(CryptoError) -> TLSContext {
        let context = try TLSContext(.client, minimum: minimum, maximum: maximum)
        let operation = "set up a TLS client"
        SSL_CTX_set_verify(context.pointer, SSL_VERIFY_PEER, nil)
        let offer = ApplicationProtocol.offer
        // The one function of the family that answers 0 for success.
        guard SSL_CTX_set_alpn_protos(context.pointer, offer, UInt32(offer.count)) == 0 else {
            throw .drained(operation)
        }
        if trust.usesSystem, SSL_CTX_set_default_verify_paths(context.pointer) != 1 {
            throw .drained(operation)
        }
        let store = SSL_CTX_get_cert_store(context.pointer)
        for certificate in trust.certificates {
            guard X509_STORE_add_cert(store, certificate.handle.pointer) == 1 else {
                throw .drained(operation)
            }
        }
        // A certificate named as trusted is believed even when it is not an authority's own.
        guard X509_STORE_set_flags(store, UInt(X509_V_FLAG_PARTIAL_CHAIN)) == 1 else {
            throw .drained(operation)
        }
        return context
    }
}
