import SimCore
import SimCrypto
import SimDirectory

/// Claims whose content means nothing to a client, in the shapes seen in real tokens.
/// Source: identity-platform.md §4.3.
enum OpaqueClaims {
    /// `1.AUcA….`: tenant and application in .NET's byte order between fixed marks.
    ///
    /// - Parameter varying: 3 bytes; zero in app-only tokens.
    static func prefix(tenant: TenantID, app: AppID, varying: [UInt8]) -> String {
        var bytes: [UInt8] = [0x01, 0x47, 0x00]
        bytes.reserveCapacity(40)
        tenant.guid.appendLittleEndian(to: &bytes)
        app.guid.appendLittleEndian(to: &bytes)
        bytes += varying
        bytes.append(0x47)
        bytes.append(0x00)
        var text: [UInt8] = []
        text.reserveCapacity(56)
        text.append(contentsOf: "1.".utf8)
        Base64.urlAppend(bytes, to: &text)
        text.append(UInt8(ascii: "."))
        return String(decoding: text, as: UTF8.self)
    }

    /// `uti`: the request's trace id, 22 characters.
    static func uti(_ traceID: GUID) -> String {
        Base64.urlEncode(traceID.littleEndianBytes)
    }

    /// `xms_ftd`: 32 bytes of chance, a mark, and a region's name.
    static func federatedTokenData(_ entropy: [UInt8]) -> String {
        Base64.urlEncode(entropy + [0x01] + Array("local-dsms".utf8))
    }

    /// Whom a token speaks for, and whether they proved more than a password.
    enum Subject: String, Sendable {
        case application = "ASQA2/8b"
        case person = "AYQAe/8b"
        case personWithSecondFactor = "AXQAi/8b"
    }

    /// `aio`: begins by the kind of subject. Services read from it what their tokens do not say
    /// in the open, so that a token used on behalf of a person keeps their second factor.
    static func aio(_ entropy: [UInt8], _ subject: Subject) -> String {
        subject.rawValue + Base64.encode(entropy)
    }

    static func tellsSecondFactor(aio: String) -> Bool {
        aio.hasPrefix(Subject.personWithSecondFactor.rawValue)
    }

    /// Pairwise subject: 43 characters that differ per user and application.
    static func subject(
        user: UserID, app: AppID, salt: [UInt8]
    ) -> String {
        Base64.urlEncode(
            HMACSHA256.authenticate(Array("\(user)|\(app)".utf8), key: salt))
    }

    /// `c_hash` and `at_hash`: the left half of a SHA-256. OpenID Connect Core §3.3.2.11.
    static func leftHalfHash(_ text: String) -> String {
        Base64.urlEncode(Array(SHA256.digest(Array(text.utf8)).prefix(16)))
    }
}
