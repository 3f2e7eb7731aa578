import SimCore

/// Why an edit of the directory was refused. Nothing has changed.
package enum DirectoryEditError: Error, Hashable, Sendable {
    /// What a name stands for.
    package enum Kind: String, Sendable {
        case user, deletedUser = "deleted user", group, application
        case appRole = "app role", scope, attribute, assignment
        case directoryRole = "directory role"
        case policy, location = "named location"
    }

    /// Nothing has that name; `nearest` is what may have been meant.
    case notFound(Kind, name: String, nearest: String?)
    case alreadyExists(Kind, name: String)
    /// Several objects have that name: say the object id.
    case ambiguous(Kind, name: String)
    /// A user principal name needs one `@` and a verified domain.
    case domainNotVerified(userPrincipalName: String, domains: [String])
    case wrongKind(attribute: String, expected: UserAttribute.Kind, found: String)
    case cannotBeCleared(attribute: String)
    case emptyName(Kind)
    case alreadyMember(group: String, member: String)
    case notMember(group: String, member: String)
    case memberOfItself(group: String)
    case alreadyAssigned(app: String, principal: String)
    case notAssigned(app: String, principal: String)
    case managerCycle(user: String)
    case identifierURITaken(String)
    /// A redirect or tenant URL that cannot be one.
    case invalidURL(String)
    case invalidLifetime
    /// The application has no provisioning configuration.
    case notProvisioned(app: String)
    case builtInApplication(name: String)
    /// A policy or location that says something wrong, and where.
    case malformed(FixtureProblem)
    /// Policies name it.
    case inUse(Kind, name: String, by: String)

    /// One line for a person, offending value in quotes.
    package var message: String {
        switch self {
        case .notFound(let kind, let name, _): "no \(kind.rawValue) \"\(name)\""
        case .alreadyExists(let kind, let name): "\(kind.rawValue) \"\(name)\" already exists"
        case .ambiguous(let kind, let name): "more than one \(kind.rawValue) is named \"\(name)\""
        case .domainNotVerified(let name, _):
            "\"\(name)\" is not in a verified domain of this tenant"
        case .wrongKind(let attribute, let expected, let found):
            "\"\(attribute)\" takes \(expected.noun), not \(found)"
        case .cannotBeCleared(let attribute): "\"\(attribute)\" must have a value"
        case .emptyName(let kind): "the name of \(kind.article) is empty"
        case .alreadyMember(let group, let member):
            "\"\(member)\" is already a member of \"\(group)\""
        case .notMember(let group, let member): "\"\(member)\" is not a member of \"\(group)\""
        case .memberOfItself(let group): "\"\(group)\" cannot be a member of itself"
        case .alreadyAssigned(let app, let principal):
            "\"\(principal)\" already has that role in \"\(app)\""
        case .notAssigned(let app, let principal):
            "\"\(principal)\" is not assigned to \"\(app)\""
        case .managerCycle(let user): "\"\(user)\" would report to itself"
        case .identifierURITaken(let uri): "another application has the identifier URI \"\(uri)\""
        case .invalidURL(let url): "\"\(url)\" is not an absolute URL"
        case .invalidLifetime: "a secret must end after it starts"
        case .notProvisioned(let app): "\"\(app)\" has no provisioning configuration"
        case .builtInApplication(let name): "\"\(name)\" is built in and cannot be changed"
        case .malformed(let problem):
            problem.keyPath.isEmpty
                ? problem.message : "\(problem.keyPath): \(problem.message)"
        case .inUse(let kind, let name, let user):
            "\(kind.rawValue) \"\(name)\" is used by \"\(user)\""
        }
    }

    /// What to do about it; nil when the message says it all.
    package var hint: String? {
        switch self {
        case .notFound(_, _, let nearest): nearest.map { "did you mean \"\($0)\"?" }
        case .ambiguous: "say its object id instead"
        case .domainNotVerified(_, let domains): "verified: \(domains.joined(separator: ", "))"
        case .notProvisioned: "set its tenant URL first"
        case .malformed(let problem): problem.hint
        case .alreadyExists, .inUse, .wrongKind, .cannotBeCleared, .emptyName, .alreadyMember,
            .notMember,
            .memberOfItself, .alreadyAssigned, .notAssigned, .managerCycle, .identifierURITaken,
            .invalidURL, .invalidLifetime, .builtInApplication:
            nil
        }
    }
}

extension DirectoryEditError.Kind {
    fileprivate var article: String {
        switch self {
        case .application, .appRole, .attribute, .assignment: "an \(rawValue)"
        case .user, .deletedUser, .group, .scope, .directoryRole, .policy, .location:
            "a \(rawValue)"
        }
    }
}
