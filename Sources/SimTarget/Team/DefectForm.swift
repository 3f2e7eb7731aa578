import SimCore

/// One defect as it stands, for the page.
package struct DefectState: Hashable, Sendable {
    package let name: AppDefect.Name
    /// Above 0, up to 1.
    package let rate: Double
    /// What narrows it down, as people read it; empty for every call.
    package let note: String

    package init(name: AppDefect.Name, rate: Double, note: String = "") {
        self.name = name
        self.rate = rate
        self.note = note
    }
}

/// The defects as the page's form sends them: `on` once for each, and its rate in percent.
enum DefectForm {
    struct Problem: Error, Hashable {
        let message: String
    }

    /// What the field of a defect's rate is called.
    static func rateField(_ name: AppDefect.Name) -> String { "rate-\(name.rawValue)" }

    /// Every defect that is to be on, with its rate.
    static func switches(
        _ form: FormFields
    ) -> Result<[AppDefect.Name: Double], Problem> {
        var wanted: [AppDefect.Name: Double] = [:]
        for text in form.values("on") {
            guard let name = AppDefect.Name(rawValue: text) else {
                return .failure(Problem(message: "There is no defect “\(text.prefix(60))”."))
            }
            let rate = form[rateField(name)].map(TeamText.trimmed) ?? ""
            guard let percent = rate.isEmpty ? 100 : Int(rate), (1...100).contains(percent) else {
                return .failure(
                    Problem(message: "The rate of “\(name.rawValue)” is 1 to 100 percent."))
            }
            wanted[name] = Double(percent) / 100
        }
        return .success(wanted)
    }
}
