extension Company.Edit {
    /// As a story tells it.
    var text: String {
        switch self {
        case .joins(let person):
            "\(person.name) joins\(person.isEnabled ? "" : ", disabled")"
                + (person.isAssigned ? ", assigned" : "")
        case .changes(let name, let attribute, let value):
            "\(name): \(attribute) becomes '\(value)'"
        case .renames(let name, let to): "\(name) is now \(to)"
        case .getsManager(let name, let manager): "\(name) gets \(manager ?? "no") manager"
        case .enables(let name, let isEnabled): "\(name) is \(isEnabled ? "en" : "dis")abled"
        case .assigns(let name, let isAssigned): "\(name) is \(isAssigned ? "" : "un")assigned"
        case .deletes(let name): "\(name) is deleted"
        case .restores(let name): "\(name) is restored"
        case .purges(let name): "\(name) is purged"
        case .founds(let team):
            "team \(team.name) of \(team.members.sorted().joined(separator: " "))"
                + (team.isAssigned ? ", assigned" : "")
        case .renamesTeam(let name, let to): "team \(name) is now '\(to)'"
        case .assignsTeam(let name, let isAssigned):
            "team \(name) is \(isAssigned ? "" : "un")assigned"
        case .dissolves(let name): "team \(name) is deleted"
        case .enters(let team, let name): "\(name) enters \(team)"
        case .leaves(let team, let name): "\(name) leaves \(team)"
        }
    }
}
