import SimCore
import SimCrypto
import SimDirectory

/// The codes of an authenticator app: SHA-1, six digits, thirty seconds, as every app computes
/// them. RFC 6238; RFC 4226 §5.3.
struct TimeBasedCode: Sendable {
    static let digits = 6
    static let period: Int64 = 30
    /// Steps a clock may be behind or ahead.
    static let drift: Int64 = 1
    /// Bytes of a secret made here: RFC 4226 §4, R6 recommends 160 bits.
    static let secretByteCount = 20

    let secret: [UInt8]

    static func step(at time: Timestamp) -> Int64 { time.seconds / period }

    /// The code of one step.
    func code(step: Int64) -> String {
        let counter = (0..<8).map { UInt8(truncatingIfNeeded: step >> (56 - 8 * $0)) }
        let mac = HMACSHA1.authenticate(counter, key: secret)
        let offset = Int(mac[mac.count - 1] & 0x0F)
        let word = mac[offset..<(offset + 4)].reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
        var text = ""
        text.appendPadded(Int(word & 0x7FFF_FFFF) % 1_000_000, width: Self.digits)
        return text
    }

    /// The step whose code was typed, when it is near enough to `time`.
    func step(of typed: String, at time: Timestamp) -> Int64? {
        let now = Self.step(at: time)
        // Every candidate is compared, so that the time does not tell which one matched.
        var found: Int64?
        for step in (now - Self.drift)...(now + Self.drift)
        where ConstantTime.areEqual(Array(code(step: step).utf8), Array(typed.utf8)) {
            found = step
        }
        return found
    }

    /// What the log remembers of a used code, and until when it could be used again.
    static func redemption(of step: Int64, by user: UserID) -> TenantEvent {
        let digest = Base64.urlEncode(SHA256.digest(Array("totp|\(user)|\(step)".utf8)))
        return .redeemed(
            digest: digest, until: Timestamp(seconds: (step + drift + 1) * period))
    }

    /// What an authenticator app is set up with, as text and as a link.
    static func setupLink(secret: [UInt8], account: String, issuer: String) -> String {
        let issuer = PercentCoding.encode(issuer)
        return "otpauth://totp/\(issuer):\(PercentCoding.encode(account))"
            + "?secret=\(Base32.encode(secret))&issuer=\(issuer)&algorithm=SHA1"
            + "&digits=\(digits)&period=\(period)"
    }
}
