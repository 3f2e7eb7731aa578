import SimCore

/// What the app does wrong on purpose.
extension TeamPage {
    var defects: String {
        let rows = AppDefect.Name.allCases.map(row).joined(separator: "\n")
        let count = switches.count
        return """
            <section id="defects" aria-labelledby="defects-title">
            <h2 id="defects-title">Defects</h2>
            <p class="hint">What this app does wrong on purpose, to every client that may call \
            SCIM. \(count == 0 ? "None is on." : "\(count) on.") With a restart the fixture’s \
            come back.</p>
            <form method="post" action="defects">
            \(tokenField)
            <details\(count == 0 ? "" : " open")><summary>Choose</summary>
            <table class="cards">
            <thead><tr><th scope="col">Defect</th><th scope="col">What it does</th>\
            <th scope="col">Calls, %</th></tr></thead>
            <tbody>
            \(rows)
            </tbody>
            </table>
            <p class="actions"><button class="main">Save defects</button></p>
            </details>
            </form>
            </section>
            """
    }

    private func row(_ name: AppDefect.Name) -> String {
        let state = switches.first { $0.name == name }
        let percent = max(1, Int(((state?.rate ?? 1) * 100).rounded()))
        let note = state.map(\.note).flatMap { $0.isEmpty ? nil : " (\($0))" } ?? ""
        return """
            <tr><th scope="row"><label class="scope"><input type="checkbox" name="on" \
            value="\(name.rawValue)"\(state == nil ? "" : " checked")><code>\(name.rawValue)</code>\
            </label></th>
            <td data-label="What it does">\(escaped(name.summary + note))</td>
            <td data-label="Calls, %"><input type="number" min="1" max="100" \
            name="\(DefectForm.rateField(name))" value="\(percent)" \
            aria-label="Calls with \(name.rawValue), percent"></td></tr>
            """
    }

    /// The defects a call of the traffic table met.
    func defectMarks(_ names: [AppDefect.Name]) -> String {
        names.map { " <code>\($0.rawValue)</code>" }.joined()
    }
}
