import SimCore

/// Draws what happens next in a company: joiners, movers, leavers, groups.
struct EditDraw {
    private var chance: Chance
    private var count = 0

    init(seed: UInt64) {
        chance = Chance(seed: seed, 1)
    }

    /// Some edits, one after the other; nil where the draw found nobody it fits.
    mutating func next(_ company: Company) -> Company.Edit? {
        count += 1
        let living = company.people.filter { !$0.isPurged }
        let teams = company.teams.filter { !$0.isDeleted }
        switch chance.below(20) {
        case 0...2: return living.count < 7 ? .joins(newcomer()) : nil
        case 3...5: return mover(living.filter { !$0.isDeleted })
        case 6:
            return chance.pick(living.filter { !$0.isDeleted }).map {
                .renames($0.name, userPrincipalName: "\($0.name).\(count)@northwind.example")
            }
        case 7: return manager(living.filter { !$0.isDeleted })
        case 8...9:
            return chance.pick(living.filter { !$0.isDeleted }).map {
                .enables($0.name, !$0.isEnabled)
            }
        case 10...11: return chance.pick(living).map { .assigns($0.name, !$0.isAssigned) }
        case 12: return chance.pick(living.filter { !$0.isDeleted }).map { .deletes($0.name) }
        case 13: return chance.pick(living.filter(\.isDeleted)).map { .restores($0.name) }
        case 14: return chance.pick(living.filter(\.isDeleted)).map { .purges($0.name) }
        case 15: return teams.count < 3 ? .founds(team(of: living)) : nil
        case 16: return reshaped(teams)
        default: return moved(teams, living)
        }
    }

    mutating func newcomer() -> Company.Person {
        count += 1
        let name = "p\(count)"
        return Company.Person(
            name: name, userPrincipalName: "\(name)@northwind.example",
            attributes: [
                "displayName": "Person \(count)", "givenName": "Person", "surname": "No\(count)",
                "mail": "\(name)@northwind.example", "department": "Dyes",
            ], isEnabled: !chance.happens(10), isAssigned: chance.happens(70))
    }

    mutating func team(of people: [Company.Person]) -> Company.Team {
        count += 1
        let members = people.filter { _ in chance.happens(50) }.map(\.name)
        return Company.Team(
            name: "t\(count)", displayName: "Team \(count)", isAssigned: chance.happens(80),
            members: Set(members))
    }

    private mutating func mover(_ people: [Company.Person]) -> Company.Edit? {
        let attributes = ["displayName", "surname", "mail", "department", "jobTitle"]
        guard let person = chance.pick(people), let attribute = chance.pick(attributes) else {
            return nil
        }
        let value =
            attribute == "mail" ? "\(person.name).\(count)@northwind.example" : "Value \(count)"
        return .changes(person.name, attribute: attribute, to: value)
    }

    private mutating func manager(_ people: [Company.Person]) -> Company.Edit? {
        guard let person = chance.pick(people) else { return nil }
        if person.manager != nil, chance.happens(30) { return .getsManager(person.name, nil) }
        let others = people.filter { $0.name != person.name && $0.name != person.manager }
        return chance.pick(others).map { .getsManager(person.name, $0.name) }
    }

    private mutating func reshaped(_ teams: [Company.Team]) -> Company.Edit? {
        guard let team = chance.pick(teams) else { return nil }
        switch chance.below(4) {
        case 0: return .dissolves(team.name)
        case 1: return .assignsTeam(team.name, !team.isAssigned)
        default: return .renamesTeam(team.name, "Team \(count)")
        }
    }

    private mutating func moved(
        _ teams: [Company.Team], _ people: [Company.Person]
    ) -> Company.Edit? {
        guard let team = chance.pick(teams), let person = chance.pick(people) else { return nil }
        return team.members.contains(person.name)
            ? .leaves(team: team.name, person.name) : .enters(team: team.name, person.name)
    }
}
