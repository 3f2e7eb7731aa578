import SimCore
import SimDirectory

/// `login_hint` and `logout_hint`: a name as typed, or the opaque value of the `login_hint` claim.
/// identity-platform.md §2.1, §2.6.
enum LoginHint: Hashable, Sendable {
    case name(String)
    case account(UserID, TenantID)
    /// A security identifier of a directory on premises; it needs `domain_hint` beside it.
    case securityIdentifier(String)

    private static let mark = "O."
    /// Tenants up to this size are searched for a security identifier.
    private static let searchLimit = 5_000

    init(_ text: String) {
        if text.hasPrefix("S-1-5-"), text.utf8.count <= 184 {
            self = .securityIdentifier(text)
            return
        }
        guard text.hasPrefix(Self.mark),
            let bytes = Base64.urlDecode(text.dropFirst(Self.mark.count)), bytes.count == 32,
            let user = GUID(littleEndian: bytes[..<16]),
            let tenant = GUID(littleEndian: bytes[16...])
        else {
            self = .name(text)
            return
        }
        self = .account(UserID(user), TenantID(tenant))
    }

    /// The claim's value: it means something to the login endpoint alone.
    static func claim(user: UserID, tenant: TenantID) -> String {
        mark + Base64.urlEncode(user.guid.littleEndianBytes + tenant.guid.littleEndianBytes)
    }

    /// Whether this account is meant.
    func names(_ user: User, in tenant: TenantID) -> Bool {
        switch self {
        case .account(let id, let home): id == user.id && home == tenant
        case .securityIdentifier(let sid):
            user.attributes["onPremisesSecurityIdentifier"]?.stringValue == sid
        case .name(let name):
            user.userPrincipalName.lowercased() == name.lowercased()
                || user.mail?.lowercased() == name.lowercased()
        }
    }

    /// What to write in the field of the sign-in page.
    func userName(in tenant: any DirectoryQueries) -> String? {
        switch self {
        case .name(let name): name
        case .account(let id, _): tenant.user(id)?.userPrincipalName
        case .securityIdentifier:
            tenant.userCount > Self.searchLimit
                ? nil
                : tenant.users.first { names($0, in: tenant.tenantID) }?.userPrincipalName
        }
    }
}

extension GUID {
    /// The GUID whose .NET bytes these are; nil unless there are 16.
    fileprivate init?(littleEndian bytes: ArraySlice<UInt8>) {
        guard bytes.count == 16 else { return nil }
        let raw = Array(bytes)
        let order = [3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15]
        func word(_ range: Range<Int>) -> UInt64 {
            order[range].reduce(0) { $0 << 8 | UInt64(raw[$1]) }
        }
        self.init(high: word(0..<8), low: word(8..<16))
    }
}
