import SimCore
import SimFaults
import SimPortal
import SimTarget

/// Carries out the commands on the defects of sample apps.
struct DefectCommands {
    let services: SimulatorServices
    let now: Timestamp

    func perform(_ command: DefectCommand) throws(ControlError) -> ControlAnswer {
        switch command {
        case .list(let target):
            let app = try app(target)
            return .json(
                DefectListing.json(
                    app.name, displayName: app.displayName, services.faults.book(at: now), at: now))
        case .turnOn(let target, let name, let settings):
            let app = try app(target)
            do throws(FaultRuleError) {
                let defect = try DefectSwitch(
                    app: app.name, name: name, settings: .object(settings))
                let entry = try services.faults.turnOn(defect, at: now)
                return .json(DefectListing.json(defect.name, entry, at: now))
            } catch {
                throw ControlError(error)
            }
        case .turnOff(let target, let name):
            let app = try app(target)
            guard let known = AppDefect.Name(rawValue: name),
                services.faults.turnOff(known, ofApp: app.name)
            else {
                let on = services.faults.book(at: now).entries.compactMap {
                    $0.rule.defect(ofApp: app.name)?.name.rawValue
                }
                throw .notFound("defect that is on", name, known: on)
            }
            return .done
        case .heal(let target):
            let app = try app(target)
            let count = AppDefect.Name.allCases.count {
                services.faults.turnOff($0, ofApp: app.name)
            }
            return .json(["cleared": .int(Int64(count))])
        }
    }

    /// By path segment or display name, without case.
    private func app(_ name: String) throws(ControlError) -> SampleAppConfiguration {
        let all = services.sampleApps.all.map(\.app.configuration)
        let wanted = name.lowercased()
        guard
            let app = all.first(where: {
                $0.name == wanted || $0.displayName.lowercased() == wanted
            })
        else { throw .notFound("sample app", name, known: all.map(\.name)) }
        return app
    }
}

extension SampleAppConfiguration {
    /// The rules of the defects that are on from the start.
    func defectSwitches() throws(SampleAppProblem) -> [DefectSwitch] {
        var switches: [DefectSwitch] = []
        for defect in defects {
            do throws(FaultRuleError) {
                switches.append(
                    try DefectSwitch(
                        app: name, name: defect.name.rawValue, settings: defect.settings))
            } catch {
                throw defect.problem(error.message, hint: error.hint)
            }
        }
        return switches
    }
}
