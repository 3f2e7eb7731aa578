import SimCore
import SimCrypto
import SimDirectory
import SimHTTP

@testable import SimIdentity

/// Signed assertions in place of a secret. aadsts.md §5.1 row 9, §6.1.
extension NaturalCause {
    static let assertions: [NaturalCause] = [
        .init(50_027, "an assertion that is no JWT", .json("invalid_request")) {
            try $0.prove("garbage")
        },
        .init(50_120, "an assertion without a readable header", .json("invalid_request")) {
            try $0.prove("a.b.c")
        },
        .init(5_002_727, "an assertion of another type", .json("invalid_request")) {
            try $0.prove(try $0.assertion(header: ["typ": "at+jwt"]))
        },
        .init(5_002_730, "an assertion with alg HS256", .json("invalid_request")) {
            try $0.prove(try $0.assertion(header: ["alg": "HS256"]))
        },
        .init(5_002_730, "an assertion with alg none", .json("invalid_request")) {
            try $0.prove(try $0.assertion(header: ["alg": "none"]))
        },
        .init(5_002_723, "an assertion without a thumbprint", .json("invalid_request")) {
            try $0.prove(try $0.assertion(header: ["x5t": nil]))
        },
        .init(
            700_021, "an assertion of another client", .json("invalid_client", status: 401)
        ) {
            try $0.prove(
                try $0.assertion(claims: ["iss": .string(Fixture.app("web").description)]))
        },
        .init(50_048, "a subject that is not the issuer", .json("invalid_client", status: 401)) {
            try $0.prove(try $0.assertion(claims: ["sub": "someone"]))
        },
        .init(
            700_023, "an assertion for another audience", .json("invalid_client", status: 401)
        ) { try $0.prove(try $0.assertion(claims: ["aud": "https://login.example/"])) },
        .init(700_024, "an assertion that has expired", .json("invalid_client", status: 401)) {
            try $0.prove(try $0.assertion(claims: ["exp": .int($0.now.seconds - 301)]))
        },
        .init(700_027, "a key that is not registered", .json("invalid_client", status: 401)) {
            try $0.prove(try $0.assertion(signedBy: Fixture.strangerKey))
        },
        .init(700_026, "an assertion of a client without keys", .json("invalid_request")) {
            try $0.prove(try $0.assertion(app: "web"), app: "web")
        },
        .init(50_032, "a registered key of 1024 bits", .json("invalid_client", status: 401)) {
            try $0.proveByKey(bits: 1_024)
        },
        .init(
            1_000_502, "a registered certificate after its end",
            .json("invalid_client", status: 401)
        ) {
            try $0.proveByKey(
                from: Fixture.start - .days(9), until: Fixture.start - .days(1))
        },
    ]

    /// Tokens of other issuers in place of a secret.
    static let federations: [NaturalCause] = [
        .init(70_025, "a client without trusts", .json("invalid_client", status: 401)) {
            try $0.federate(trusting: nil)
        },
        .init(50_166, "an issuer whose keys cannot be read", .json("invalid_request")) {
            try $0.federate()
        },
        .init(700_211, "an issuer nobody trusts", .json("invalid_client", status: 401)) {
            try $0.federate(["iss": "https://other.example"])
        },
        .init(700_213, "another subject", .json("invalid_client", status: 401)) {
            try $0.federate(["sub": "another job"])
        },
        .init(700_212, "another audience", .json("invalid_client", status: 401)) {
            try $0.federate(["aud": "api://orders"])
        },
        .init(50_013, "a trusted issuer, and no key of it", .json("invalid_grant")) {
            $0.issuerKeys = IssuerWithoutKeys()
            return try $0.federate()
        },
        .init(
            700_222, "a token of a tenant that is not trusted",
            .json("invalid_client", status: 401)
        ) {
            try $0.federate(["iss": .string("\(Fixture.origin)/\(Fixture.tenant)/v2.0")])
        },
        .init(
            700_229, "a person's token from a trusted tenant",
            .json("invalid_client", status: 401)
        ) {
            let own = "\(Fixture.origin)/\(Fixture.tenant)/v2.0"
            return try $0.federate(["iss": .string(own), "scp": "call"], trusting: own)
        },
    ]
}

/// An issuer whose key set is empty.
private struct IssuerWithoutKeys: TrustedIssuerKeys {
    func key(of issuer: String, id: String?) -> IssuerKey { .notFound }
}
