import SimCore

/// Why a text is not a signed JSON Web Token.
package enum JSONWebTokenError: Error, Hashable, Sendable {
    case tooLong(limit: Int)
    /// Not three segments divided by dots.
    case notThreeSegments(found: Int)
    /// A segment that is not base64url.
    case notBase64URL(Segment)
    /// A segment that is not JSON, or not an object.
    case notAnObject(Segment)

    package enum Segment: String, Hashable, Sendable {
        case header, claims, signature
    }
}

/// A JSON Web Token in compact form, taken apart but not yet believed. RFC 7519, RFC 7515 §7.1.
///
/// Whether its signature holds is asked with `isSigned(by:)`; times, audience and issuer are the
/// caller's to judge. No C takes part in reading it.
package struct JSONWebToken: Hashable, Sendable {
    /// What becomes of `=` at the end of a segment. RFC 7515 §2 has none; the Azure SDK for Python
    /// sends client assertions with it, and the service takes them.
    package enum Padding: Sendable {
        case refused, tolerated
    }

    /// Longest token read, in bytes.
    package static let byteLimit = 65_536

    /// The JOSE header.
    package let header: JSONObject
    package let claims: JSONObject
    /// The bytes that are signed: both segments as received and the dot between them.
    package let signingInput: [UInt8]
    /// Empty in an unsigned token.
    package let signature: [UInt8]

    /// Takes a compact token apart; nothing is verified.
    package init(
        parsing text: some StringProtocol, padding: Padding = .refused
    ) throws(JSONWebTokenError) {
        try self.init(parsing: Array(text.utf8), padding: padding)
    }

    package init(
        parsing bytes: [UInt8], padding: Padding = .refused
    ) throws(JSONWebTokenError) {
        guard bytes.count <= Self.byteLimit else { throw .tooLong(limit: Self.byteLimit) }
        let segments = bytes.split(
            separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard segments.count == 3 else { throw .notThreeSegments(found: segments.count) }
        header = try Self.object(segments[0], .header, padding)
        claims = try Self.object(segments[1], .claims, padding)
        signature = try Self.decoded(segments[2], .signature, padding)
        signingInput = Array(bytes[..<segments[1].endIndex])
    }

    /// `alg` as sent.
    package var algorithm: String? { header["alg"]?.stringValue }
    /// `kid` as sent.
    package var keyID: String? { header["kid"]?.stringValue }

    /// The bytes of `x5t` (SHA-1, 20 bytes); clients send them with and without padding.
    package var sha1Thumbprint: [UInt8]? { thumbprint("x5t") }
    /// The bytes of `x5t#S256` (SHA-256, 32 bytes); clients send them with and without padding.
    package var sha256Thumbprint: [UInt8]? { thumbprint("x5t#S256") }

    private func thumbprint(_ name: String) -> [UInt8]? {
        header[name]?.stringValue.flatMap { Base64.urlDecode($0) }
    }

    private static func object(
        _ segment: ArraySlice<UInt8>, _ name: JSONWebTokenError.Segment, _ padding: Padding
    ) throws(JSONWebTokenError) -> JSONObject {
        let bytes = try decoded(segment, name, padding)
        do {
            guard let object = try JSONValue(parsing: bytes).objectValue else {
                throw JSONWebTokenError.notAnObject(name)
            }
            return object
        } catch {
            throw .notAnObject(name)
        }
    }

    private static func decoded(
        _ segment: ArraySlice<UInt8>, _ name: JSONWebTokenError.Segment, _ padding: Padding
    ) throws(JSONWebTokenError) -> [UInt8] {
        guard padding == .tolerated || segment.last != UInt8(ascii: "="),
            let bytes = Base64.urlDecode(String(decoding: segment, as: UTF8.self))
        else { throw .notBase64URL(name) }
        return bytes
    }
}
