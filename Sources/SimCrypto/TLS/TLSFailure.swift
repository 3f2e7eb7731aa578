/// Why a TLS connection cannot go on. It stays failed; what it still has to send is an alert.
package enum TLSFailure: Error, Hashable, Sendable {
    /// The client does not believe the server's certificate.
    ///
    /// `code` is OpenSSL's `X509_V_ERR_…`: 10 expired, 18 self-signed, 20 unknown authority,
    /// 62 another name, 64 another address; `reason` is its text.
    case untrusted(code: Int, reason: String)
    /// The peer broke the protocol, sent an alert or shares no version or cipher.
    case failed(reason: String)
}

extension TLSFailure: CustomStringConvertible {
    package var description: String {
        switch self {
        case .untrusted(let code, let reason): "\(reason) (\(code))"
        case .failed(let reason): reason
        }
    }
}
