import SimDirectory
import SimHTTP

/// The panel in which a developer says where a sign-in comes from. Part of a form; no script.
struct SituationPanel: Sendable {
    /// What is chosen already; nil shows no panel.
    let chosen: SignInSituation?

    /// Name of a fact's form field.
    static func fieldName(_ field: SituationField) -> String { "sim_\(field.rawValue)" }

    var markup: String {
        guard let chosen else { return "" }
        return """
            <details class="panel"\(chosen.isEmpty ? "" : " open")>\
            <summary>Where this sign-in comes from</summary>
            <fieldset><legend class="soft">Seen by Conditional Access; empty fields are taken \
            from the account and the connection.</legend>
            \(text(.address, "IP address", "203.0.113.7", chosen))
            \(text(.country, "Country", "FR", chosen))
            \(choice(.platform, "Platform", DevicePlatform.allCases.map(\.rawValue), chosen))
            \(choice(.device, "Device", DeviceTrait.allCases.map(\.rawValue), chosen))
            \(choice(.risk, "Sign-in risk", RiskLevel.allCases.map(\.rawValue), chosen))
            \(choice(.userRisk, "User risk", RiskLevel.allCases.map(\.rawValue), chosen))
            \(text(.network, "Virtual network", "vnet-west", chosen))
            </fieldset></details>
            """
    }

    private func text(
        _ field: SituationField, _ label: String, _ example: String, _ chosen: SignInSituation
    ) -> String {
        let name = Self.fieldName(field)
        let value = PageText.escaped(chosen.text(field) ?? "")
        return """
            <div><label for="\(name)">\(label)</label>
            <input type="search" id="\(name)" name="\(name)" value="\(value)" \
            placeholder="\(example)" autocomplete="off" spellcheck="false"></div>
            """
    }

    private func choice(
        _ field: SituationField, _ label: String, _ words: [String], _ chosen: SignInSituation
    ) -> String {
        let name = Self.fieldName(field)
        let current = chosen.text(field) ?? ""
        // Several traits of one device can be chosen by header only; they stay as they are.
        var options = [""] + words
        if !options.contains(current) { options.append(current) }
        let markup = options.map { word in
            let mark = word == current ? " selected" : ""
            return """
                <option value="\(PageText.escaped(word))"\(mark)>\
                \(word.isEmpty ? "as usual" : PageText.escaped(word))</option>
                """
        }
        return """
            <div><label for="\(name)">\(label)</label>
            <select id="\(name)" name="\(name)">\(markup.joined())</select></div>
            """
    }
}
