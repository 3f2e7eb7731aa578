import SimCore
import SimCrypto
import SimDirectory
import SimErrors

/// How a client was proven: `appidacr` and `azpacr`. identity-platform.md §4.2.
enum ClientProof: String, Sendable {
    case none = "0"
    case secret = "1"
    case certificate = "2"
}

/// Checks a client's credential against its registration. aadsts.md §5.1, row 9.
struct ClientAuthentication: Sendable {
    let client: ClientApplication
    let now: Timestamp
    /// Audiences an assertion may name: token endpoints and issuers of the tenant.
    let audiences: @Sendable () -> [String]
    /// Finds the keys of other issuers.
    let platform: IdentityPlatform

    /// A client that must prove itself.
    ///
    /// - Parameter missing: the refusal when it sends nothing; the grants differ.
    func confidential(
        _ credential: ClientCredential?, missing: @autoclosure () -> AADSTSError
    ) throws(AADSTSError) -> ClientProof {
        switch credential {
        case nil: throw missing()
        case .secret(let secret):
            try check(secret)
            return .secret
        case .assertion(let text):
            let assertion = try ClientAssertion(text)
            if let issuer = assertion.foreignIssuer {
                try assertion.check(
                    from: issuer, for: client, now: now, platform: platform)
            } else {
                try assertion.check(for: client, audiences: audiences(), now: now)
            }
            return .certificate
        }
    }

    /// A client that has nothing to prove and must not pretend to.
    func publicClient(_ credential: ClientCredential?) throws(AADSTSError) -> ClientProof {
        guard credential == nil else { throw .publicClientSentCredential }
        return .none
    }

    private func check(_ secret: String) throws(AADSTSError) {
        let sent = Array(secret.utf8)
        // Every secret is compared, so that the time does not tell which one matched.
        var matches: [AppRegistration.PasswordCredential] = []
        for known in client.registration.passwordCredentials
        where ConstantTime.areEqual(sent, Array(known.secret.utf8)) {
            matches.append(known)
        }
        guard !matches.isEmpty else { throw .invalidClientSecret(app: client.appID.guid) }
        guard matches.contains(where: { $0.startsAt <= now && now < $0.endsAt }) else {
            throw .expiredClientSecrets(app: client.appID.guid)
        }
    }
}
