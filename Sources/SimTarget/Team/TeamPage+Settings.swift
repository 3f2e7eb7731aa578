import SimCore

/// Role mapping, API keys, traffic.
extension TeamPage {
    var roles: String {
        let rules = state.rules
        let lines = rules.mappings.map { line($0) } + [line(nil)]
        let order = rules.ranks.map { escaped(TeamText.title($0)) }.joined(separator: " › ")
        return """
            <section id="roles" aria-labelledby="roles-title">
            <h2 id="roles-title">Roles by group</h2>
            <p class="hint">\(order). \(rulesText)</p>
            <form method="post" action="roles">
            \(tokenField)
            \(lines.joined(separator: "\n"))
            <p class="actions"><button class="main">Save and check everybody</button>
            <span class="hint">Empty a group’s name to remove its line.</span></p>
            </form>
            </section>
            """
    }

    private var rulesText: String {
        let rules = state.rules
        var sentences = ["The highest role wins."]
        let fallback = rules.defaultRole.map { "the role \(TeamText.title($0))" } ?? "no role"
        switch rules.withoutGroup {
        case .keeps:
            sentences.append("Without a mapped group a role stays; new people get \(fallback).")
        case .fallsToDefault: sentences.append("Without a mapped group people have \(fallback).")
        }
        for role in rules.ranks where rules.neverLowered.contains(role) {
            sentences.append("Provisioning never takes the role \(TeamText.title(role)) away.")
        }
        return escaped(sentences.joined(separator: " "))
    }

    private func line(_ mapping: RoleMapping?) -> String {
        let rules = state.rules
        let options = rules.ranks.map { option($0, mapping?.role) }.joined()
        var archetype = ""
        if !rules.archetypes.isEmpty {
            let kinds =
                "<option value=\"\">No archetype</option>"
                + rules.archetypes.map { option($0, mapping?.archetype) }.joined()
            archetype = "<select name=\"archetype\" aria-label=\"Archetype\">\(kinds)</select>"
        }
        return """
            <div class="line"><input name="group" aria-label="Group" maxlength="256" \
            placeholder="Group name" value="\(escaped(mapping?.group ?? ""))">
            <select name="role" aria-label="Role">\(options)</select>\(archetype)</div>
            """
    }

    private func option(_ name: String, _ selected: String?) -> String {
        "<option value=\"\(escaped(name))\"\(name == selected ? " selected" : "")>"
            + escaped(TeamText.title(name)) + "</option>"
    }

    var keys: String {
        let rows = state.keys.keys.map(key).joined(separator: "\n")
        let scopes = app.scopes.map { scope in
            let mark = scope.name == app.scimScope ? " checked" : ""
            return """
                <label class="scope"><input type="checkbox" name="scope" \
                value="\(escaped(scope.name))"\(mark)><span><code>\(escaped(scope.name))</code>\
                <small>\(escaped(scope.summary))</small></span></label>
                """
        }.joined(separator: "\n")
        return """
            <section id="keys" aria-labelledby="keys-title">
            <h2 id="keys-title">API keys\(app.oauth == nil ? "" : " and OAuth clients")</h2>
            <table class="cards">
            <thead><tr><th scope="col">Name</th><th scope="col">Key</th><th scope="col">Scopes</th>\
            <th scope="col">Issued</th><th scope="col">Last used</th>\
            <th scope="col"><span class="hidden">Actions</span></th></tr></thead>
            <tbody>
            \(rows)
            </tbody>
            </table>
            <form class="issue" method="post" action="keys">
            \(tokenField)
            <input type="hidden" name="after" value="\(state.keys.keys.count)">
            <h3>New API key</h3>
            <label for="key-name">Name</label>
            <input id="key-name" name="name" required maxlength="100" autocomplete="off" \
            placeholder="Entra provisioning">
            <fieldset><legend>Scopes</legend>
            \(scopes)
            </fieldset>
            <p class="actions"><button class="main">Issue key</button>
            <span class="hint">The value is shown once.</span></p>
            </form>
            </section>
            """
    }

    private func key(_ key: APIKey) -> String {
        let scopes = key.scopes.map { "<li><code>\(escaped($0))</code></li>" }.joined()
        let place = "keys/\(escaped(PercentCoding.encode(key.id)))"
        var action =
            key.revokedAt.map { "<span class=\"state archived\">Revoked</span> \(time($0))" }
                ?? """
                <form method="post" action="\(place)/revoke">\
                \(tokenField)<button class="danger" aria-label="Revoke \(escaped(key.name))">Revoke\
                </button></form>
                """
        if key.clientID != nil {
            action += """
                 <form method="post" action="\(place)/secret">\(tokenField)\
                <input type="hidden" name="after" value="\(state.keys.keys.count)">\
                <button aria-label="New secret for \(escaped(key.name))">New secret</button></form>
                """
        }
        let client = key.clientID.map { "<br><small>client <code>\(escaped($0))</code></small>" }
        return """
            <tr\(key.revokedAt == nil ? "" : " class=\"gone\"")>
            <th scope="row">\(escaped(key.name))\(client ?? "")</th>
            <td data-label="Key"><code>…\(escaped(key.hint))</code></td>
            <td data-label="Scopes"><ul class="chips">\(scopes)</ul></td>
            <td data-label="Issued">\(key.issuedAt.map(time) ?? "with the fixture")</td>
            <td data-label="Last used">\
            \(traffic.lastUse(of: key.id).map(time) ?? "<span class=\"none\">never</span>")</td>
            <td data-label="Actions">\(action)</td>
            </tr>
            """
    }

    var trafficHTML: String {
        let names = Dictionary(
            state.keys.keys.map { ($0.id, $0.name) }, uniquingKeysWith: { first, _ in first })
        let rows = traffic.latest.map { entry in
            let family = entry.status / 100
            return """
                <tr><td data-label="Time">\(time(entry.at))</td>
                <td data-label="Call"><b class="verb">\(escaped(entry.method))</b> \
                <code>\(escaped(readable(entry.target)))</code></td>
                <td data-label="Status"><span class="status s\(family)">\(entry.status)</span>\
                \(defectMarks(entry.defects))</td>
                <td data-label="Key">\(entry.keyID.flatMap { names[$0] }.map(escaped)
                    ?? "<span class=\"none\">none</span>")</td></tr>
                """
        }.joined(separator: "\n")
        return """
            <section id="traffic" aria-labelledby="traffic-title">
            <h2 id="traffic-title">Live traffic</h2>
            <p class="hint">\(traffic.count) SCIM calls since the start, the last \
            \(TrafficLog.entryLimit) below, newest first.</p>
            \(rows.isEmpty
                ? "<p class=\"empty\">No call yet.</p>"
                : """
                <table class="cards traffic">
                <thead><tr><th scope="col">Time</th><th scope="col">Call</th>\
                <th scope="col">Status</th><th scope="col">Key</th></tr></thead>
                <tbody>
                \(rows)
                </tbody>
                </table>
                """)
            </section>
            """
    }

    /// The target without escapes, as a person reads a filter.
    private func readable(_ target: String) -> String {
        PercentCoding.decode(target, plusIsSpace: true) ?? target
    }
}
