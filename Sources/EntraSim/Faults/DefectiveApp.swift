import SimCore
import SimFaults
import SimHTTP
import SimTarget

/// A sample app with the defects its fault rules give it: the seam between the rules and the app.
struct DefectiveApp {
    let app: SampleApp
    let services: SimulatorServices

    private var name: String { app.configuration.name }

    /// - Parameter effect: of a rule or header that struck this request already.
    func answer(
        _ request: HTTPRequest, scheme: Origin.Scheme, effect: FaultEffect?, at now: Timestamp
    ) -> HTTPResponse {
        let isCall = app.isSCIM(request)
        var defects: [AppDefect] = []
        if case .defect(let defect)? = effect { defects.append(defect) }
        if isCall, services.faults.isArmed,
            let facts = FaultFacts(request, .apps, services, now)
        {
            let names = Set(defects.map(\.name))
            defects += services.faults.defects(facts, at: now).filter { !names.contains($0.name) }
        }
        let answer = app.answer(
            request, now: now, random: services.random, scheme: scheme, defects: defects,
            issuers: services.issuerDocuments(at: now), switches: isCall ? [] : states(at: now))
        guard let wanted = answer.defects else { return answer.response }
        do throws(FaultRuleError) {
            try turn(wanted, at: now)
        } catch {
            return HTTPResponse(
                status: 503, headers: ["Content-Type": "text/plain; charset=utf-8"],
                body: Array("Not saved: \(error.message).\n".utf8))
        }
        return answer.response
    }

    /// The defects that are on, in the order of the vocabulary.
    func states(at now: Timestamp) -> [DefectState] {
        guard services.faults.isArmed else { return [] }
        let entries = services.faults.book(at: now).entries.filter { !$0.isSpent(at: now) }
        return AppDefect.Name.allCases.compactMap { name in
            guard
                let entry = entries.first(where: { $0.rule.defect(ofApp: self.name)?.name == name })
            else { return nil }
            return DefectState(
                name: name, rate: entry.rule.trigger.probability ?? 1,
                note: entry.rule.conditions)
        }
    }

    /// What the page's form asks for. A defect whose rate stays as it is keeps its conditions.
    private func turn(
        _ wanted: [AppDefect.Name: Double], at now: Timestamp
    ) throws(FaultRuleError) {
        let states = states(at: now)
        for name in AppDefect.Name.allCases {
            let state = states.first { $0.name == name }
            guard wanted[name] != state?.rate else { continue }
            guard let rate = wanted[name] else {
                _ = services.faults.turnOff(name, ofApp: self.name)
                continue
            }
            _ = try services.faults.turnOn(
                DefectSwitch(app: self.name, name: name.rawValue, settings: .double(rate)), at: now)
        }
    }
}

extension FaultRule {
    /// What narrows a defect down, as people read it: `create user, times 3`.
    var conditions: String {
        var parts: [String] = []
        let calls = [place.operation?.rawValue, place.object?.rawValue].compactMap { $0 }
        if !calls.isEmpty { parts.append(calls.joined(separator: " ")) }
        for key in ["whom", "when"] {
            for member in json[key]?.objectValue?.members ?? []
            where member.name != "app" && member.name != "probability" {
                parts.append("\(member.name) \(member.value.stringValue ?? member.value.text)")
            }
        }
        return parts.joined(separator: ", ")
    }
}
