import SimCore

/// People and groups.
extension TeamPage {
    var people: String {
        let (shown, total) = view.people(in: state)
        let rows = shown.map(person).joined(separator: "\n")
        let empty =
            state.users.count == 0
            ? "Nobody has been provisioned yet." : "Nobody matches this search."
        return """
            <section id="people" aria-labelledby="people-title">
            <div class="head"><h2 id="people-title">People</h2>
            <form class="search" role="search" method="get" action="./#people">
            <label class="hidden" for="q">Search people</label>
            <input id="q" name="q" type="search" placeholder="Name or e-mail" \
            maxlength="100" value="\(escaped(view.search))">
            <label class="hidden" for="state">State</label>
            <select id="state" name="state">\(stateOptions)</select>
            <button>Show</button>
            </form></div>
            \(total == 0 ? "<p class=\"empty\">\(empty)</p>" : table(rows))
            \(pager(total))
            </section>
            """
    }

    private func table(_ rows: String) -> String {
        """
        <table class="cards">
        <thead><tr><th scope="col">Name</th><th scope="col">E-mail</th>\
        <th scope="col">Role</th><th scope="col">Groups</th><th scope="col">State</th></tr></thead>
        <tbody>
        \(rows)
        </tbody>
        </table>
        """
    }

    private var stateOptions: String {
        TeamView.State.allCases.map { option in
            let name =
                switch option {
                case .all: "Everybody"
                case .active: "Active"
                case .archived: "Archived"
                }
            let mark = option == view.state ? " selected" : ""
            return "<option value=\"\(option.rawValue)\"\(mark)>\(name)</option>"
        }.joined()
    }

    private func person(_ user: UserRecord) -> String {
        let name = user.displayName ?? user.userName
        let groups = state.groupNames(of: user.id).map {
            "<li>\(escaped($0))</li>"
        }.joined()
        // The account is worth a line of its own only where the e-mail does not say it.
        let account =
            user.userName == user.email || user.userName == name
            ? "" : "<small>\(escaped(user.userName))</small>"
        let stateName = user.isArchived ? "Archived" : "Active"
        return """
            <tr\(user.isArchived ? " class=\"gone\"" : "")>
            <th scope="row"><span class="person"><span class="face" aria-hidden="true">\
            \(escaped(initials(name)))</span><span class="who">\(escaped(name))\(account)\
            </span></span></th>
            <td data-label="E-mail">\(user.email.map(escaped) ?? "<span class=\"none\">–</span>")</td>
            <td data-label="Role">\(role(user.detail))</td>
            <td data-label="Groups">\(groups.isEmpty
                ? "<span class=\"none\">–</span>" : "<ul class=\"chips\">\(groups)</ul>")</td>
            <td data-label="State"><span class="state \(stateName.lowercased())">\(stateName)\
            </span></td>
            </tr>
            """
    }

    private func role(_ standing: Standing) -> String {
        guard let role = standing.role else { return "<span class=\"none\">No role</span>" }
        let rank = min(state.rules.rank(role), 3)
        let archetype = standing.archetype.map {
            " <span class=\"archetype\">\(escaped($0))</span>"
        }
        return "<span class=\"role r\(rank)\" title=\"\(escaped(role))\">"
            + escaped(TeamText.title(role)) + "</span>" + (archetype ?? "")
    }

    private func initials(_ name: String) -> String {
        let words = name.split { !$0.isLetter && !$0.isNumber }
        let letters = [words.first?.first, words.count > 1 ? words.last?.first : nil]
        return letters.compactMap { $0.map { $0.uppercased() } }.joined()
    }

    private func pager(_ total: Int) -> String {
        let last = (total + TeamView.pageSize - 1) / TeamView.pageSize
        guard last > 1 else { return "" }
        let page = min(view.page, last)
        func link(_ number: Int, _ name: String) -> String {
            guard number >= 1, number <= last else { return "<span>\(name)</span>" }
            let query = FormFields([
                "q": view.search, "state": view.state.rawValue, "page": String(number),
            ]).encoded(.component)
            return "<a href=\"./?\(escaped(query))#people\">\(name)</a>"
        }
        return """
            <nav class="pager" aria-label="Pages of people">\(link(page - 1, "Previous"))
            <span>Page \(page) of \(last), \(total) people</span>\(link(page + 1, "Next"))</nav>
            """
    }

    var groups: String {
        let limit = 200
        let rows = state.groups.all.prefix(limit).map { group in
            let mapping = state.rules.mappings.first { $0.isFor(group: group.displayName) }
            let role = mapping.map {
                self.role(Standing(role: $0.role, archetype: $0.archetype))
            }
            return """
                <tr><th scope="row">\(escaped(group.displayName))</th>
                <td data-label="Members">\(group.detail.count)</td>
                <td data-label="Gives role">\(role ?? "<span class=\"none\">–</span>")</td></tr>
                """
        }.joined(separator: "\n")
        let more =
            state.groups.count > limit
            ? "<p class=\"empty\">And \(state.groups.count - limit) more.</p>" : ""
        return """
            <section id="groups" aria-labelledby="groups-title">
            <h2 id="groups-title">Groups</h2>
            \(rows.isEmpty
                ? "<p class=\"empty\">No group has been provisioned yet.</p>"
                : """
                <table class="cards">
                <thead><tr><th scope="col">Group</th><th scope="col">Members</th>\
                <th scope="col">Gives role</th></tr></thead>
                <tbody>
                \(rows)
                </tbody>
                </table>
                """)\(more)
            </section>
            """
    }
}
