import SimCrypto

/// Why keys could not be read or made.
package enum KeyFailure: Error, Hashable, Sendable {
    case file(FileFailure)
    /// The file is there but holds no such key or certificate.
    case unusable(path: String, CryptoError)
    case crypto(CryptoError)
}
