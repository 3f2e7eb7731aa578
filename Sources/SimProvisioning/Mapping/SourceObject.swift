import SimCore
import SimDirectory

/// A directory object as the mappings see it. mapping-expressions.md §9.
///
/// A class: a task, its result and its log row share it, and an object has dozens of fields.
final class SourceObject: AttributeSource {
    let key: ObjectKey
    let displayName: String
    /// What descriptions call the object: the UPN of a user, the id of a group.
    /// provisioning.md §5.3 [W].
    let reportableID: String
    /// Of a user.
    let manager: UserID?
    let entitlement: Entitlement
    let context: ExpressionContext
    private let accountEnabled: Bool
    private let isGuest: Bool
    private let attributes: AttributeBag
    /// nil for a user, whose fields stand above: a user taken out of an enum is copied as a whole
    /// for each value that is asked for.
    private let group: Group?

    init(_ user: User, _ entitlement: Entitlement, context: ExpressionContext = .standard) {
        key = .user(user.id)
        displayName = user.displayName
        reportableID = user.userPrincipalName
        manager = user.manager
        accountEnabled = user.accountEnabled
        isGuest = user.userType == .guest
        attributes = user.attributes
        group = nil
        self.entitlement = entitlement
        self.context = context
    }

    init(_ group: Group, _ entitlement: Entitlement, context: ExpressionContext = .standard) {
        key = .group(group.id)
        displayName = group.displayName
        reportableID = group.id.description
        manager = nil
        accountEnabled = true
        isGuest = false
        attributes = AttributeBag()
        self.group = group
        self.entitlement = entitlement
        self.context = context
    }

    /// The same object once the scoping filter has been asked.
    init(_ other: SourceObject, verdict: ScopingVerdict) {
        key = other.key
        displayName = other.displayName
        reportableID = other.reportableID
        manager = other.manager
        accountEnabled = other.accountEnabled
        isGuest = other.isGuest
        attributes = other.attributes
        group = other.group
        var entitlement = other.entitlement
        entitlement.verdict = verdict
        self.entitlement = entitlement
        context = other.context
    }

    /// Each object draws from a stream of its own.
    var randomStream: String { key.guid.description }

    func value(of attribute: String) -> ExpressionValue { value(of: SourceField.named(attribute)) }

    func value(of field: SourceField) -> ExpressionValue {
        switch field {
        case .objectID: return .string(key.guid.description)
        case .isSoftDeleted: return .boolean(entitlement.isSoftDeleted)
        case .roles:
            return entitlement.roles.isEmpty ? .null : .list(entitlement.roles.map(\.text))
        case .displayName: return .string(displayName)
        case .userPrincipalName:
            guard group == nil else { return .null }
            return .string(isGuest ? Self.reduced(reportableID) : reportableID)
        case .originalUserPrincipalName: return group == nil ? .string(reportableID) : .null
        case .accountEnabled: return group == nil ? .boolean(accountEnabled) : .null
        case .hidden: return .null
        case .stored(let name):
            if let group { return Self.value(of: name.text, group) }
            return ExpressionValue(attributes[name])
        }
    }

    private static func value(of attribute: String, _ group: Group) -> ExpressionValue {
        switch attribute {
        case "description": group.description.map { .string($0) } ?? .null
        case "mail": group.mail.map { .string($0) } ?? .null
        case "mailNickname": .string(group.mailNickname)
        case "mailEnabled": .boolean(group.mailEnabled)
        case "securityEnabled": .boolean(group.securityEnabled)
        default: .null
        }
    }

    /// A guest's `alias_domain#EXT#@tenant` becomes `alias@domain`. mapping-expressions.md §9.1.
    private static func reduced(_ name: String) -> String {
        let marker = Array("#EXT#@".utf8)
        let bytes = Array(name.utf8)
        guard bytes.count > marker.count,
            let mark = bytes.indices.dropLast(marker.count - 1).first(where: {
                bytes[$0..<($0 + marker.count)].elementsEqual(marker)
            }),
            let underscore = bytes[..<mark].lastIndex(of: UInt8(ascii: "_"))
        else { return name }
        return String(decoding: bytes[..<underscore], as: UTF8.self) + "@"
            + String(decoding: bytes[(underscore + 1)..<mark], as: UTF8.self)
    }
}

/// Where the value of a source attribute comes from: found out once for a mapping rather than for
/// each object.
enum SourceField: Hashable, Sendable {
    case objectID, isSoftDeleted, roles, displayName
    case userPrincipalName, originalUserPrincipalName, accountEnabled
    /// References and secrets have no value of their own.
    case hidden
    case stored(AttributeName)

    static func named(_ attribute: String) -> SourceField {
        special[attribute] ?? .stored(AttributeName(attribute))
    }

    private static let special: [String: SourceField] = [
        "objectId": .objectID, "IsSoftDeleted": .isSoftDeleted, "appRoleAssignments": .roles,
        "displayName": .displayName, "userPrincipalName": .userPrincipalName,
        "originalUserPrincipalName": .originalUserPrincipalName,
        "accountEnabled": .accountEnabled, "manager": .hidden, "passwordProfile.password": .hidden,
    ]
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
