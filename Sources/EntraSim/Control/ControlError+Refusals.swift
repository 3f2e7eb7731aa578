import SimCore
import SimDirectory
import SimPortal

extension ControlError {
    /// A refused edit as the control API says it.
    init(_ error: DirectoryEditError) {
        let (status, code): (Int, Code) =
            switch error {
            case .notFound, .notAssigned, .notMember, .notProvisioned: (404, .notFound)
            case .ambiguous: (409, .ambiguous)
            case .alreadyExists, .alreadyMember, .alreadyAssigned, .identifierURITaken,
                .managerCycle, .memberOfItself, .builtInApplication, .inUse:
                (409, .conflict)
            case .domainNotVerified, .wrongKind, .cannotBeCleared, .emptyName, .invalidURL,
                .invalidLifetime, .malformed:
                (400, .badRequest)
            }
        self.init(status: status, code: code, message: error.message, hint: error.hint)
    }

    /// What the log refused although the edit looked sound: somebody else was faster, or the disk
    /// failed.
    init(_ error: TenantError) {
        switch error {
        case .journal(let failure):
            self = .failed(
                "the change could not be stored: \(failure)", hint: "check the data folder")
        case .userPrincipalNameTaken(let name):
            self = .conflict("user \"\(name)\" already exists")
        case .identifierURITaken(let uri):
            self.init(DirectoryEditError.identifierURITaken(uri))
        case .alreadyRedeemed, .unknownUser, .userIsDeleted, .userIsNotDeleted, .unknownGroup,
            .unknownApplication, .unknownServicePrincipal, .unknownAppRole, .unknownAssignment,
            .unknownGrant, .unknownAccessPolicy, .unknownNamedLocation, .identifierTaken,
            .appIDTaken, .alreadyMember,
            .notMember, .memberOfItself, .alreadyAssigned, .managerCycle, .invalidAttribute:
            self = .conflict("the directory changed meanwhile: \(error)", hint: "try again")
        }
    }

    init(_ error: AppendError<DirectoryEditError>) {
        switch error {
        case .refused(let refusal): self.init(refusal)
        case .tenant(let refusal): self.init(refusal)
        }
    }
}
