import SimCore
import SimCrypto
import SimHTTP
import SimRuntime

/// A listener that answers every request alike, with a certificate of its own making.
final class MisbehavingTarget {
    /// What its certificate is like.
    enum Identity: Sendable {
        case good, unknownAuthority, expired, otherName
    }

    /// What it does with a request.
    enum Answer: Sendable {
        case response(HTTPResponse)
        /// Takes the request and says nothing.
        case silence
    }

    private final class Handler: RequestHandler {
        let answer: Answer

        init(_ answer: Answer) {
            self.answer = answer
        }

        func handle(_ request: HTTPRequest, reply: any DeferredReply) -> HTTPResponse? {
            switch answer {
            case .response(let response): response
            case .silence: nil
            }
        }
    }

    private struct Stopped: SimulationClock {
        let now = Timestamp(seconds: 1_767_600_000)
    }

    /// An authority that is believed, and one that is not.
    private struct Authority: Sendable {
        let key: ECPrivateKey
        let certificate: Certificate

        init(_ name: String) throws(CryptoError) {
            key = try ECPrivateKey.generate()
            certificate = try .authority(
                key: key, commonName: name, serial: [1], from: MisbehavingTarget.longAgo,
                to: MisbehavingTarget.farOff)
        }
    }

    /// A life that holds the machine's time and every simulated one of these tests.
    private static let longAgo = Timestamp(seconds: 946_684_800)
    private static let farOff = Timestamp(seconds: 4_070_908_800)

    private static let believed = Result { () throws(CryptoError) in
        try Authority("Believed in tests")
    }
    private static let stranger = Result { () throws(CryptoError) in
        try Authority("Nobody's authority")
    }

    /// PEM of the authority a simulator is told to believe.
    static func authorityPEM() throws -> String { try believed.get().certificate.pem }

    private let server: HTTPServer

    init(_ answer: Answer, _ certificate: Identity = .good) throws {
        server = try HTTPServer.start(
            ServerConfiguration(loops: 1), handler: Handler(answer), clock: Stopped(),
            tls: Self.context(certificate))
    }

    deinit { server.stop(grace: .zero) }

    var url: String { "https://127.0.0.1:\(server.boundPort)" }

    /// An address nobody listens at: taken, then given back.
    static func refusedURL() throws -> String {
        try MisbehavingTarget(.silence).url
    }

    private static func context(_ certificate: Identity) throws -> TLSContext {
        let authority = try (certificate == .unknownAuthority ? stranger : believed).get()
        let key = try ECPrivateKey.generate()
        let made = try Certificate.server(
            names: [certificate == .otherName ? "elsewhere.example" : "127.0.0.1"],
            publicKeyOf: key, issuer: authority.certificate, issuerKey: authority.key,
            serial: [2], from: longAgo,
            to: certificate == .expired ? longAgo + .seconds(86_400) : farOff)
        return try .server(identity: TLSIdentity(chain: [made], key: key))
    }
}
