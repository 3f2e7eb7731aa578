import SimCore
import SimDirectory

/// A directory object as the mappings see it. mapping-expressions.md §9.
///
/// A class: a task, its result and its log row share it, and an object has dozens of fields.
final class SourceObject: AttributeSource {
    enum Body: Sendable {
        case user(User)
        case group(Group)
    }

    let body: Body
    let entitlement: Entitlement
    let context: ExpressionContext

    init(
        body: Body, entitlement: Entitlement, context: ExpressionContext = .standard
    ) {
        self.body = body
        self.entitlement = entitlement
        self.context = context
    }

    /// Each object draws from a stream of its own.
    var randomStream: String { key.guid.description }

    var key: ObjectKey {
        switch body {
        case .user(let user): .user(user.id)
        case .group(let group): .group(group.id)
        }
    }

    var displayName: String {
        switch body {
        case .user(let user): user.displayName
        case .group(let group): group.displayName
        }
    }

    /// What descriptions call the object: the UPN of a user, the id of a group.
    /// provisioning.md §5.3 [W].
    var reportableID: String {
        switch body {
        case .user(let user): user.userPrincipalName
        case .group(let group): group.id.description
        }
    }

    func value(of attribute: String) -> ExpressionValue {
        switch attribute {
        case "objectId": .string(key.guid.description)
        case "IsSoftDeleted": .boolean(entitlement.isSoftDeleted)
        case "appRoleAssignments":
            entitlement.roles.isEmpty ? .null : .list(entitlement.roles.map(\.text))
        default:
            switch body {
            case .user(let user): Self.value(of: attribute, user)
            case .group(let group): Self.value(of: attribute, group)
            }
        }
    }

    private static func value(of attribute: String, _ user: User) -> ExpressionValue {
        switch attribute {
        case "userPrincipalName": .string(reduced(user))
        case "originalUserPrincipalName": .string(user.userPrincipalName)
        case "displayName": .string(user.displayName)
        case "accountEnabled": .boolean(user.accountEnabled)
        case "manager", "passwordProfile.password": .null
        default: ExpressionValue(user.attributes[attribute])
        }
    }

    private static func value(of attribute: String, _ group: Group) -> ExpressionValue {
        switch attribute {
        case "displayName": .string(group.displayName)
        case "description": group.description.map { .string($0) } ?? .null
        case "mail": group.mail.map { .string($0) } ?? .null
        case "mailNickname": .string(group.mailNickname)
        case "mailEnabled": .boolean(group.mailEnabled)
        case "securityEnabled": .boolean(group.securityEnabled)
        default: .null
        }
    }

    /// A guest's `alias_domain#EXT#@tenant` becomes `alias@domain`. mapping-expressions.md §9.1.
    private static func reduced(_ user: User) -> String {
        let name = user.userPrincipalName
        let marker = Array("#EXT#@".utf8)
        let bytes = Array(name.utf8)
        guard user.userType == .guest, bytes.count > marker.count,
            let mark = bytes.indices.dropLast(marker.count - 1).first(where: {
                bytes[$0..<($0 + marker.count)].elementsEqual(marker)
            }),
            let underscore = bytes[..<mark].lastIndex(of: UInt8(ascii: "_"))
        else { return name }
        return String(decoding: bytes[..<underscore], as: UTF8.self) + "@"
            + String(decoding: bytes[(underscore + 1)..<mark], as: UTF8.self)
    }
}

/// Whether an object belongs to the app, and why. provisioning.md §1.6, §1.8.
struct Entitlement: Hashable, Sendable {
    /// Assigned, directly or through a group, or everything is in scope.
    let isAssigned: Bool
    /// `accountEnabled` and not in the recycle bin; groups are always active.
    let isActive: Bool
    /// The app roles assigned directly.
    let roles: [AssignedRole]
    /// What the scoping filter says; nil without one.
    var verdict: ScopingVerdict?

    /// The scoping filter lets it pass, or there is none.
    var passesFilter: Bool { verdict?.passes ?? true }

    /// Assigned and let through by the filter.
    var isInScope: Bool { isAssigned && passesFilter }

    /// True when any reason holds: unassigned, filtered out, recycle bin, sign-in blocked.
    var isSoftDeleted: Bool { !isInScope || !isActive }
}

/// A role as the role functions see it.
struct AssignedRole: Hashable, Sendable {
    /// The role's value, else its display name.
    let name: String
    /// `{"id":…,"value":…,"displayName":…}`; the plain name when the app has no such role.
    let text: String

    init(_ role: AppRegistration.AppRole?) {
        guard let role else {
            name = "Default Assignment"
            text = name
            return
        }
        name = role.value ?? role.displayName
        text =
            JSONValue.object([
                "id": .string(role.id.description),
                "value": role.value.map { .string($0) } ?? nil,
                "displayName": .string(role.displayName),
            ]).text
    }
}
