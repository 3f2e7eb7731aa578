import SimCore
import SimFaults
import SimPortal

extension Simulator {
    /// Fault rules: anything fails on demand, the same way every time.
    public var faults: Faults { Faults(simulator: self) }

    /// Rules in their order; the first that fits and strikes decides.
    ///
    ///     try simulator.faults.add(
    ///         #"{"where": "token", "when": {"times": 2}, "what": {"aadsts": 50076}}"#)
    public struct Faults: Sendable {
        let simulator: Simulator

        /// Appends a rule, written as for the control API; its id.
        @discardableResult
        public func add(_ json: String) throws(SimulatorFailure) -> String {
            let services = try simulator.opened()
            let value: JSONValue
            do throws(JSONError) {
                value = try JSONValue(parsing: json)
            } catch {
                throw SimulatorFailure("the rule is not JSON: \(error.explanation)")
            }
            do throws(FaultRuleError) {
                return try services.faults.add(FaultRule(value), at: services.clock.now).id
            } catch {
                throw SimulatorFailure(error.message, hint: error.hint)
            }
        }

        /// Clears the rule of that id or name; false when there is none.
        @discardableResult
        public func clear(_ name: String) throws(SimulatorFailure) -> Bool {
            try simulator.opened().faults.remove(name) != nil
        }

        /// Turns a defect of a sample app on: what the app does wrong on purpose, to every client.
        ///
        /// - Parameters:
        ///   - defect: such as `lost-writes`; `entra-sim defect list` shows them all.
        ///   - app: as below `/apps/`, or its display name.
        ///   - settings: the conditions as JSON: `true`, a rate such as `0.3`, or
        ///     `{"rate": 0.3, "operation": "create"}`.
        public func turnOn(
            _ defect: String, of app: String, _ settings: String = "true"
        ) throws(SimulatorFailure) {
            let services = try simulator.opened()
            let value: JSONValue
            do throws(JSONError) {
                value = try JSONValue(parsing: settings)
            } catch {
                throw SimulatorFailure("the settings are not JSON: \(error.explanation)")
            }
            do throws(FaultRuleError) {
                _ = try services.faults.turnOn(
                    DefectSwitch(
                        app: services.sampleAppName(app), name: defect, settings: value),
                    at: services.clock.now)
            } catch {
                throw SimulatorFailure(error.message, hint: error.hint)
            }
        }

        /// Turns a defect off; false when it was not on. nil turns every defect of the app off.
        @discardableResult
        public func turnOff(_ defect: String?, of app: String) throws(SimulatorFailure) -> Bool {
            let services = try simulator.opened()
            let name = services.sampleAppName(app)
            return AppDefect.Name.allCases.filter { defect == nil || $0.rawValue == defect }
                .count { services.faults.turnOff($0, ofApp: name) } > 0
        }

        /// Clears every rule.
        public func clear() throws(SimulatorFailure) {
            _ = try simulator.opened().faults.removeAll()
        }

        /// The strikes so far, oldest first, the last thousand of them.
        public func hits() throws(SimulatorFailure) -> [FaultHit] {
            let services = try simulator.opened()
            return services.faults.book(at: services.clock.now).hits.map {
                FaultHit(
                    number: $0.number, at: $0.at.iso8601(fractionDigits: 3), rule: $0.rule,
                    site: $0.site.rawValue, method: $0.method, path: $0.path)
            }
        }
    }
}

/// One strike of a fault rule.
public struct FaultHit: Hashable, Sendable {
    /// From 1.
    public let number: Int
    /// ISO 8601, by the simulation's clock.
    public let at: String
    /// Id of the rule.
    public let rule: String
    /// Where it struck: `token`, `scim`, ….
    public let site: String
    public let method: String
    public let path: String
}

extension SimulatorServices {
    /// The path segment of an app called by it or by its display name.
    fileprivate func sampleAppName(_ name: String) -> String {
        let wanted = name.lowercased()
        return sampleApps.all.map(\.app.configuration).first {
            $0.displayName.lowercased() == wanted
        }?.name ?? wanted
    }
}
