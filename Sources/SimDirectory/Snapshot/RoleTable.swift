import SimCore

/// Who has which directory role, in order of assignment. A tenant has few of them.
struct RoleTable: Sendable {
    private(set) var all: [DirectoryRoleAssignment] = []

    func roles(of principal: Principal) -> [DirectoryRole] {
        all.filter { $0.principal == principal }.map(\.role)
    }

    mutating func assign(_ assignment: DirectoryRoleAssignment) {
        if !all.contains(assignment) { all.append(assignment) }
    }

    mutating func unassign(_ assignment: DirectoryRoleAssignment) {
        all.removeAll { $0 == assignment }
    }

    /// A user, group or enterprise app is gone.
    mutating func remove(_ principal: Principal) {
        all.removeAll { $0.principal == principal }
    }
}
