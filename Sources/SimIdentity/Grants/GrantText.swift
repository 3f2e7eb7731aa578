import SimCore
import SimDirectory

/// The text of a code or refresh token: `1.` + prefix + `.` + sealed blob.
/// Source: identity-platform.md §4.3.
enum GrantText {
    /// Longest text read, in bytes.
    static let byteLimit = 16_384
    /// First bytes of the blob, so that it begins `AgAB` as the service's does.
    private static let mark: [UInt8] = [0x02, 0x00, 0x01]

    static func write(
        _ sealed: [UInt8], tenant: TenantID, client: AppID, varying: [UInt8]
    ) -> String {
        OpaqueClaims.prefix(tenant: tenant, app: client, varying: varying)
            + Base64.urlEncode(mark + sealed)
    }

    /// The sealed blob; nil when the text has another shape.
    static func read(_ text: String) -> [UInt8]? {
        guard text.utf8.count <= byteLimit else { return nil }
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0] == "1", let blob = Base64.urlDecode(parts[2]),
            blob.starts(with: mark)
        else { return nil }
        return Array(blob.dropFirst(mark.count))
    }
}
