import SimCore
import SimTarget

/// What must be true of a target that works again, once nothing waits any more.
extension Simulation {
    /// Every way in which the target differs from what the company says it should be.
    ///
    /// - Parameter allowsLate: references that the service documents to miss until a restart are
    ///   no difference.
    func differences(allowsLate: Bool) -> [String] {
        let data = target.app.snapshot
        var found: [String] = []
        for person in company.people { found += differences(of: person, data) }
        for team in company.teams { found += differences(of: team, data, allowsLate) }
        for person in company.people where company.isEntitled(person) {
            found += managerDifference(of: person, data, allowsLate)
        }
        let known = Set(company.people.map(\.name))
        for user in data.users.all
        where !known.contains(user.attributes["externalId"]?.stringValue ?? "") {
            found.append("'\(user.userName)' is nobody's account")
        }
        return found
    }

    /// Nobody was ever created twice; a team only after it was deleted.
    func doubleBirths() -> [String] {
        var found: [String] = []
        for person in company.people where target.created(person.name) > 1 {
            found.append("\(person.name) was created \(target.created(person.name)) times")
        }
        for team in company.teams {
            let id = Company.groupID(team.name).description
            if target.created(id) > target.deleted(id) + 1 {
                found.append("\(team.name) was created \(target.created(id)) times")
            }
        }
        return found
    }

    private func differences(
        of person: Company.Person, _ data: SampleAppState
    ) -> [String] {
        let ids = data.userIDs(externalID: person.name)
        guard ids.count <= 1 else { return ["\(person.name) has \(ids.count) accounts"] }
        let account = ids.first.flatMap { data.users[$0] }
        guard company.isEntitled(person) else {
            // Who has left is archived or gone.
            return account.map(\.isArchived) ?? true ? [] : ["\(person.name) left and is active"]
        }
        guard let account else { return ["\(person.name) is in scope and has no account"] }
        let shown = account.attributes
        let enterprise = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"
        let wanted: [(String, JSONValue?, String?)] = [
            ("userName", shown["userName"], person.userPrincipalName),
            ("displayName", shown["displayName"], person.attributes["displayName"]),
            ("givenName", shown["name"]?["givenName"], person.attributes["givenName"]),
            ("familyName", shown["name"]?["familyName"], person.attributes["surname"]),
            ("title", shown["title"], person.attributes["jobTitle"]),
            ("email", account.email.map { .string($0) }, person.attributes["mail"]),
            ("department", shown[enterprise]?["department"], person.attributes["department"]),
        ]
        var found = wanted.filter { $0.1?.stringValue != $0.2 }.map {
            "\(person.name): \($0.0) is \($0.1?.text ?? "nothing"), not \($0.2 ?? "nothing")"
        }
        if account.isArchived { found.append("\(person.name) is in scope and archived") }
        return found
    }

    private func differences(
        of team: Company.Team, _ data: SampleAppState, _ allowsLate: Bool
    ) -> [String] {
        let ids = data.groupIDs(externalID: Company.groupID(team.name).description)
        guard team.isInScope else {
            return ids.isEmpty ? [] : ["\(team.name) is out of scope and still there"]
        }
        guard ids.count == 1, let group = data.groups[ids[0]] else {
            return ["\(team.name) is in scope and there are \(ids.count) of it"]
        }
        var found: [String] = []
        if group.displayName != team.displayName {
            found.append("\(team.name) is '\(group.displayName)', not '\(team.displayName)'")
        }
        for person in company.people where !person.isPurged {
            guard let account = data.userIDs(externalID: person.name).first else { continue }
            let isMember = group.detail.contains(account)
            let shouldBe = team.members.contains(person.name)
            // An archived account that the target once denied to have is nobody's any more.
            let isForgotten =
                data.users[account]?.isArchived == true
                && state.links[.user(Company.userID(person.name))] == nil
            if isMember, !shouldBe, !isForgotten {
                found.append("\(person.name) is still in \(team.name)")
            }
            let isLate = allowsLate && lateReferences.contains("\(team.name)<\(person.name)")
            if !isMember, shouldBe, company.isEntitled(person), !isLate {
                found.append("\(person.name) is missing in \(team.name)")
            }
        }
        return found
    }

    private func managerDifference(
        of person: Company.Person, _ data: SampleAppState, _ allowsLate: Bool
    ) -> [String] {
        let enterprise = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"
        guard let account = data.userIDs(externalID: person.name).first.flatMap({ data.users[$0] })
        else { return [] }
        let value = account.attributes[enterprise]?["manager"]
        let shown = value?["value"]?.stringValue ?? value?.stringValue ?? ""
        guard let manager = person.manager else {
            return shown.isEmpty ? [] : ["\(person.name) still has a manager"]
        }
        let isLate = allowsLate && lateReferences.contains("\(person.name)<\(manager)")
        guard !isLate, let boss = company.person(manager), company.isEntitled(boss),
            let wanted = data.userIDs(externalID: manager).first
        else { return [] }
        return shown == wanted ? [] : ["\(person.name) has not the manager \(manager)"]
    }
}
