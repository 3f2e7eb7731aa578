import SimCore
import SimFaults
import SimPortal

/// Carries out the commands on fault rules.
struct FaultCommands {
    let faults: FaultDesk
    let now: Timestamp

    func perform(_ command: FaultCommand) throws(ControlError) -> ControlAnswer {
        switch command {
        case .add(let rule):
            do throws(FaultRuleError) {
                return .created(FaultListing.json(try faults.add(rule, at: now), at: now))
            } catch {
                throw ControlError(error)
            }
        case .list: return .json(FaultListing.json(faults.book(at: now), at: now))
        case .remove(let name):
            guard faults.remove(name) != nil else {
                let entries = faults.book(at: now).entries
                throw .notFound(
                    "fault", name, known: entries.map(\.id) + entries.compactMap(\.rule.name))
            }
            return .done
        case .clear:
            return .json(["cleared": .int(Int64(faults.removeAll()))])
        }
    }
}
