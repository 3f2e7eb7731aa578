import SimCore
import SimDirectory

extension Simulator.Directory {
    /// Makes a Conditional Access policy.
    ///
    /// - Parameter json: as Graph writes it; people, groups, apps and locations may go by name.
    public func addPolicy(_ json: String) throws(SimulatorFailure) {
        let object = try Self.object(json)
        try edit { edits throws(DirectoryEditError) in
            [.accessPolicyCreated(try edits.addAccessPolicy(object))]
        }
    }

    /// - Parameter json: the members that change.
    public func changePolicy(_ name: String, _ json: String) throws(SimulatorFailure) {
        let object = try Self.object(json)
        try edit { edits throws(DirectoryEditError) in
            [.accessPolicyChanged(try edits.changedAccessPolicy(name, object))]
        }
    }

    public func removePolicy(_ name: String) throws(SimulatorFailure) {
        try edit { edits throws(DirectoryEditError) in try edits.deleteAccessPolicy(name) }
    }

    /// Makes a named location, as Graph writes it.
    public func addNamedLocation(_ json: String) throws(SimulatorFailure) {
        let object = try Self.object(json)
        try edit { edits throws(DirectoryEditError) in
            [.namedLocationCreated(try edits.addNamedLocation(object))]
        }
    }

    /// Where a person signs in from, until something else is said.
    ///
    /// - Parameter facts: `address`, `country`, `platform`, `device`, `risk`, `userRisk`; what is
    ///   left out is taken from the connection.
    public func place(user name: String, at facts: [String: String]) throws(SimulatorFailure) {
        var situation = SignInSituation()
        for (key, text) in facts.sorted(by: { $0.key < $1.key }) {
            guard let field = SituationField(rawValue: key) else {
                let known = SituationField.allCases.map(\.rawValue)
                throw SimulatorFailure(
                    "'\(key)' is no fact of a sign-in",
                    hint: "one of: \(known.joined(separator: ", "))")
            }
            guard situation.set(field, text) else {
                throw SimulatorFailure("'\(key)' takes \(field.noun), not '\(text)'")
            }
        }
        try edit { edits throws(DirectoryEditError) in
            [.userSituationChanged(try edits.user(name).id, situation)]
        }
    }

    private static func object(_ json: String) throws(SimulatorFailure) -> JSONObject {
        let value: JSONValue
        do throws(JSONError) {
            value = try JSONValue(parsing: json)
        } catch {
            throw SimulatorFailure("not JSON: \(error.explanation)")
        }
        guard let object = value.objectValue else {
            throw SimulatorFailure("expected a JSON object, found \(value.kindName)")
        }
        return object
    }
}
