import SimCore

/// Finds what the names in a policy stand for.
protocol AccessNames {
    func user(_ name: String) -> NameFinding<UserID>
    func group(_ name: String) -> NameFinding<GroupID>
    func app(_ name: String) -> NameFinding<AppID>
    func servicePrincipal(_ name: String) -> NameFinding<ServicePrincipalID>
    func location(_ name: String) -> NameFinding<NamedLocationID>
}

/// What a look-up by name came to.
enum NameFinding<Value> {
    case found(Value)
    case ambiguous
    /// With the name that may have been meant.
    case unknown(nearest: String?)
}

/// Ids only: for what the journal wrote, whose references may be gone by now.
struct IdentifierNames: AccessNames {
    func user(_ name: String) -> NameFinding<UserID> { find(name) }
    func group(_ name: String) -> NameFinding<GroupID> { find(name) }
    func app(_ name: String) -> NameFinding<AppID> { find(name) }
    func servicePrincipal(_ name: String) -> NameFinding<ServicePrincipalID> { find(name) }
    func location(_ name: String) -> NameFinding<NamedLocationID> { find(name) }

    private func find<Kind>(_ name: String) -> NameFinding<Identifier<Kind>> {
        Identifier(name).map { .found($0) } ?? .unknown(nearest: nil)
    }
}

/// Natural names and ids of a running directory.
struct DirectoryNames: AccessNames {
    let edits: DirectoryEdits

    func user(_ name: String) -> NameFinding<UserID> {
        find { () throws(DirectoryEditError) in try edits.user(name).id }
    }

    func group(_ name: String) -> NameFinding<GroupID> {
        find { () throws(DirectoryEditError) in try edits.group(name).id }
    }

    func app(_ name: String) -> NameFinding<AppID> {
        find { () throws(DirectoryEditError) in try edits.servicePrincipal(name).appID }
    }

    func servicePrincipal(_ name: String) -> NameFinding<ServicePrincipalID> {
        find { () throws(DirectoryEditError) in try edits.servicePrincipal(name).id }
    }

    func location(_ name: String) -> NameFinding<NamedLocationID> {
        find { () throws(DirectoryEditError) in try edits.namedLocation(name).id }
    }

    private func find<Value>(
        _ look: () throws(DirectoryEditError) -> Value
    ) -> NameFinding<Value> {
        do throws(DirectoryEditError) {
            return .found(try look())
        } catch {
            switch error {
            case .ambiguous: return .ambiguous
            case .notFound(_, _, let nearest): return .unknown(nearest: nearest)
            case .alreadyExists, .domainNotVerified, .wrongKind, .cannotBeCleared, .emptyName,
                .alreadyMember, .notMember, .memberOfItself, .alreadyAssigned, .notAssigned,
                .managerCycle, .identifierURITaken, .invalidURL, .invalidLifetime,
                .notProvisioned, .builtInApplication, .malformed, .inUse:
                return .unknown(nearest: nil)
            }
        }
    }
}
