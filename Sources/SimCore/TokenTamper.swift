/// One thing that is wrong with a token on purpose. Value of the issuance seam: decided outside,
/// carried out by the signer.
package struct TokenTamper: Hashable, Sendable {
    /// Which of the tokens of an answer.
    package enum Token: String, CaseIterable, Sendable {
        case access, identity = "id", both
    }

    /// What is wrong.
    package enum Defect: Hashable, Sendable {
        /// The signature's bytes are changed; everything else is right.
        case badSignature
        /// The header names a key nobody publishes.
        case unknownKey
        /// Header `alg` is `none`, the signature empty. RFC 7515 §A.5.
        case unsigned
        case expired
        case notYetValid
        case missing(claim: String)
        case changed(claim: String, to: JSONValue)
    }

    package let defect: Defect
    package let token: Token

    package init(_ defect: Defect, of token: Token = .both) {
        self.defect = defect
        self.token = token
    }

    /// Whether a token of that kind, `access` or `identity`, is concerned.
    package func touches(_ kind: Token) -> Bool { token == .both || token == kind }
}
