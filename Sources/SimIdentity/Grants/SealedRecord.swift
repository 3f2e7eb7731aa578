import SimCore
import SimCrypto

/// Turns records into bytes only this installation can read, and back. The purpose is bound in, so
/// that one kind of record never passes for another.
struct SealedRecord: Sendable {
    enum Purpose: String, Sendable {
        case code, refreshToken, deviceCode, session, flow, loop
    }

    let key: SealingKey
    let random: any RandomSource

    /// Sealed bytes; nil only when the cipher itself fails.
    func seal(_ record: JSONValue, for purpose: Purpose) -> [UInt8]? {
        let nonce = random.bytes(SealingKey.nonceByteCount, for: .sealNonce)
        // A cipher failure is answered by the caller as an issuance failure.
        return try? key.seal(
            record.serialized, nonce: nonce, context: Array(purpose.rawValue.utf8))
    }

    /// The record; nil when the bytes are not ours, were changed, or serve another purpose.
    func open(_ sealed: [UInt8], for purpose: Purpose) -> JSONValue? {
        guard let text = key.open(sealed, context: Array(purpose.rawValue.utf8)) else {
            return nil
        }
        // Sealed by us, so it is JSON unless a former version wrote it otherwise.
        return try? JSONValue(parsing: text)
    }
}

extension IdentityPlatform {
    var sealed: SealedRecord { SealedRecord(key: sealing, random: random) }
}
