import SimCore
import SimDirectory

/// A user as the control API shows one: Graph's property names, only what has a value, never a
/// password.
package enum UserAnswer {
    /// - Returns: identity, attributes, then what decides about signing in.
    package static func json(_ user: User, in directory: some DirectoryQueries) -> JSONObject {
        var object: JSONObject = [
            "id": .string(user.id.description),
            "userPrincipalName": .string(user.userPrincipalName),
            "displayName": .string(user.displayName),
            "accountEnabled": .bool(user.accountEnabled),
            "userType": .string(user.userType.rawValue),
        ]
        for name in UserAttributeNames.attributes where object[name] == nil {
            guard let value = user.attributes[UserAttributeNames.entraName(of: name)] else {
                continue
            }
            let isArray = value.arrayValue != nil
            object.append(name, UserAttributeNames.isList(name) && !isArray ? [value] : value)
        }
        object.appendIfPresent(
            "manager", user.manager.flatMap { directory.user($0) }?.userPrincipalName)
        object.append("createdDateTime", .string(user.createdAt.iso8601))
        object.appendIfPresent("deletedDateTime", user.deletedAt?.iso8601)
        let credential = user.credential
        if credential.password == nil { object.append("hasPassword", false) }
        if credential.isExpired { object.append("passwordExpired", true) }
        if credential.mustChange { object.append("forceChangePasswordNextSignIn", true) }
        if credential.requiresMFA { object.append("requiresMfa", true) }
        if credential.secondFactor != .simulatedCode {
            object.append("secondFactor", .string(credential.secondFactor.name.rawValue))
        }
        if !user.situation.isEmpty { object.append("signIn", .object(user.situation.json)) }
        object.appendIfPresent("lockedUntil", credential.lockedUntil?.iso8601)
        return object
    }

    /// `json` and the names of the groups the user is directly in, and of the apps assigned.
    package static func detail(_ user: User, in directory: some DirectoryQueries) -> JSONValue {
        var object = json(user, in: directory)
        object.append("memberOf", JSONValue(strings: groupNames(.user(user.id), in: directory)))
        let apps = directory.assignments(of: .user(user.id)).compactMap {
            directory.servicePrincipal($0.resource)?.displayName
        }
        object.append("apps", JSONValue(strings: apps.sorted()))
        return .object(object)
    }

    static func groupNames(
        _ principal: Principal, in directory: some DirectoryQueries
    ) -> [String] {
        directory.groups(containing: principal)
            .compactMap { directory.group($0)?.displayName }.sorted()
    }
}
