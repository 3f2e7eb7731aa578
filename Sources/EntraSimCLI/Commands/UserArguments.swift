import SimCore
import SimDirectory
import SimPortal

/// Options that describe a user, and the JSON they become.
enum UserArguments {
    static let displayName = CommandOption<String>.text("--display-name", "NAME", "display name")
    static let givenName = CommandOption<String>.text("--given-name", "NAME", "given name")
    static let surname = CommandOption<String>.text("--surname", "NAME", "surname")
    static let mail = CommandOption<String>.text("--mail", "ADDRESS", "mail address")
    static let jobTitle = CommandOption<String>.text("--job-title", "TITLE", "job title")
    static let department = CommandOption<String>.text("--department", "NAME", "department")
    static let manager = CommandOption<String>.text("--manager", "UPN", "their manager")
    static let password = CommandOption<String>.text("--password", "P", "password for signing in")
    static let newName = CommandOption<String>.text("--upn", "UPN", "new user principal name")
    static let guest = CommandOption<Bool>.flag("--guest", "a guest instead of a member")
    static let disabled = CommandOption<Bool>.flag("--disabled", "may not sign in")
    static let mfa = CommandOption<Toggle>.choice("--require-mfa", "demand a second factor")
    static let secondFactor = CommandOption<SecondFactorMethod.Name>.choice(
        "--second-factor", "what is registered", placeholder: "METHOD")
    static let authenticatorSecret = CommandOption<String>.text(
        "--authenticator-secret", "BASE32", "secret of an authenticator app")
    static let situation = CommandOption<Fact>(
        name: "--at", placeholder: "FACT=VALUE",
        help: "where they sign in from, such as device=compliant; may be repeated",
        isRepeatable: true
    ) { text throws(OptionProblem) in try Fact(text) }
    static let expired = CommandOption<Toggle>.choice(
        "--password-expired", "the password has expired")
    static let lockedUntil = CommandOption<Timestamp>.instant(
        "--locked-until", "locked until then")
    static let set = CommandOption<Assignment>(
        name: "--set", placeholder: "KEY=VALUE",
        help: "any other attribute by Graph's name; may be repeated", isRepeatable: true
    ) { text throws(OptionProblem) in try Assignment(text) }
    static let clear = CommandOption<String>(
        name: "--clear", placeholder: "KEY", help: "remove an attribute; may be repeated",
        isRepeatable: true
    ) { text throws(OptionProblem) in
        try Assignment.known(text, also: ["manager", "password", "lockedUntil"])
    }

    /// `device=compliant`
    struct Fact: Hashable, Sendable {
        let field: SituationField
        /// nil clears.
        let value: String?

        init(_ text: String) throws(OptionProblem) {
            let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let known = SituationField.allCases.map(\.rawValue)
            guard parts.count == 2, let field = SituationField(rawValue: String(parts[0])) else {
                throw OptionProblem(
                    "names no fact",
                    hint: NearestName.of(String(parts[0]), in: known).map {
                        "did you mean '\($0)='?"
                    } ?? "one of: \(known.joined(separator: ", "))")
            }
            self.field = field
            let value = String(parts[1])
            var scratch = SignInSituation()
            guard value.isEmpty || scratch.set(field, value) else {
                throw OptionProblem("is no \(field.rawValue)", hint: "it is \(field.noun)")
            }
            self.value = value.isEmpty ? nil : value
        }
    }

    enum Toggle: String, CaseIterable, Sendable {
        case on, off
    }

    /// `KEY=VALUE` with a known key.
    struct Assignment: Hashable, Sendable {
        let key: String
        let value: String

        init(_ text: String) throws(OptionProblem) {
            guard let mark = text.firstIndex(of: "=") else {
                throw OptionProblem("has no '='", hint: "--set department=Sales")
            }
            key = try Self.known(String(text[..<mark]))
            value = String(text[text.index(after: mark)...])
        }

        static func known(
            _ key: String, also more: [String] = []
        ) throws(OptionProblem) -> String {
            let names = UserAttributeNames.attributes + more
            guard names.contains(key) else {
                throw OptionProblem(
                    "names no attribute",
                    hint: NearestName.of(key, in: names).map { "did you mean '\($0)'?" })
            }
            return key
        }
    }

    static let common: [AnyOption] = [
        displayName.any, givenName.any, surname.any, mail.any, jobTitle.any, department.any,
        manager.any, password.any, mfa.any, secondFactor.any, authenticatorSecret.any,
        situation.any,
        expired.any, lockedUntil.any, set.any,
    ]

    private static let named: [(String, CommandOption<String>)] = [
        ("displayName", displayName), ("givenName", givenName), ("surname", surname),
        ("mail", mail), ("jobTitle", jobTitle), ("department", department), ("manager", manager),
    ]

    /// The body of a create or a change.
    static func body(_ invocation: Invocation) throws(CommandFailure) -> JSONObject {
        var body = JSONObject()
        for (key, option) in named { body.appendIfPresent(key, invocation[option]) }
        if invocation.has(disabled) { body["accountEnabled"] = false }
        if invocation.has(guest) { body["userType"] = "Guest" }
        if let password = invocation[password] {
            body["passwordProfile"] = ["password": .string(password)]
        }
        if let mfa = invocation[mfa] { body["requiresMfa"] = .bool(mfa == .on) }
        body.appendIfPresent("secondFactor", invocation[secondFactor]?.rawValue)
        body.appendIfPresent("authenticatorSecret", invocation[authenticatorSecret])
        let facts = invocation.all(situation)
        if !facts.isEmpty {
            var said = JSONObject()
            for fact in facts {
                said[fact.field.rawValue] = fact.value.map { .string($0) } ?? JSONValue.null
            }
            body["signIn"] = .object(said)
        }
        if let expired = invocation[expired] { body["passwordExpired"] = .bool(expired == .on) }
        if let time = invocation[lockedUntil] { body["lockedUntil"] = .string(time.iso8601) }
        for assignment in invocation.all(set) {
            guard body[assignment.key] == nil || UserAttributeNames.isList(assignment.key) else {
                throw CommandFailure(.usage, "'\(assignment.key)' is given twice")
            }
            body[assignment.key] = value(assignment, after: body[assignment.key])
        }
        for key in invocation.all(clear) {
            guard body[key] == nil else {
                throw CommandFailure(.usage, "'\(key)' is both set and cleared")
            }
            if key == "password" {
                body["passwordProfile"] = ["password": nil]
            } else {
                body[key] = .null
            }
        }
        return body
    }

    private static func value(_ assignment: Assignment, after earlier: JSONValue?) -> JSONValue {
        if UserAttributeNames.isList(assignment.key) {
            return .array((earlier?.arrayValue ?? []) + [.string(assignment.value)])
        }
        switch assignment.value {
        case "true" where UserAttributeNames.isFlag(assignment.key): return true
        case "false" where UserAttributeNames.isFlag(assignment.key): return false
        default: return .string(assignment.value)
        }
    }
}
