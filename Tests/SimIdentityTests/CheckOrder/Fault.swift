import SimCore
import SimDirectory
import SimHTTP
import Testing

@testable import SimIdentity

/// A request in the making: faults change it, alone or two at a time.
struct Attempt {
    var method: HTTPMethod
    var tenant = Fixture.tenant.description
    var fields: [String: String?]
    var headers: HTTPHeaders = [:]
    /// How long after the artifacts were issued it is made.
    var later = Duration.seconds(1)
    /// What happens in the directory before it is made.
    var before: [@Sendable (Browser) throws -> Void] = []

    var form: FormFields {
        FormFields(
            fields.sorted { $0.key < $1.key }.compactMap { name, value in
                value.map { FormFields.Field(name, $0) }
            })
    }
}

/// One thing that is wrong with a request, and the number that says so when nothing before it is.
struct Fault: Sendable, CustomTestStringConvertible {
    let code: Int
    let name: String
    /// Parts of the request or of the directory it needs for itself: two faults that need the same
    /// part cannot be made at once.
    let needs: Set<String>
    let change: @Sendable (inout Attempt) -> Void
    var testDescription: String { "\(code), \(name)" }

    init(
        _ code: Int, _ name: String, needs: Set<String>,
        _ change: @escaping @Sendable (inout Attempt) -> Void
    ) {
        self.code = code
        self.name = name
        self.needs = needs
        self.change = change
    }

    func fits(_ other: Fault) -> Bool {
        func takes(_ all: Set<String>, _ rest: Set<String>) -> Bool {
            all.contains("field *") && rest.contains { $0.hasPrefix("field ") }
        }
        return needs.isDisjoint(with: other.needs) && !takes(needs, other.needs)
            && !takes(other.needs, needs)
    }

    /// Fields with other values; nil leaves one out.
    static func fields(_ code: Int, _ name: String, _ values: [String: String?]) -> Fault {
        Fault(code, name, needs: Set(values.keys.map { "field \($0)" })) { attempt in
            attempt.fields.merge(values) { $1 }
        }
    }

    /// This fault with further parts it needs for itself.
    func needing(_ more: String...) -> Fault {
        Fault(code, name, needs: needs.union(more), change)
    }

    static func missing(_ field: String, _ code: Int = 900_144) -> Fault {
        fields(code, "no \(field)", [field: nil])
    }

    static func tenant(_ code: Int, _ segment: String) -> Fault {
        Fault(code, "tenant \(segment)", needs: ["tenant"]) { $0.tenant = segment }
    }

    static func method(_ method: HTTPMethod) -> Fault {
        Fault(900_561, method.rawValue, needs: ["method"]) { $0.method = method }
    }

    static func late(_ code: Int, _ time: Duration) -> Fault {
        Fault(code, "\(time) late", needs: ["time"]) { $0.later = time }
    }

    static func happened(
        _ code: Int, _ name: String, needs: Set<String>,
        _ before: @escaping @Sendable (Browser) throws -> Void
    ) -> Fault {
        Fault(code, name, needs: needs) { $0.before.append(before) }
    }

    /// Something about the enterprise app changed.
    static func principal(
        _ code: Int, _ name: String, of app: String,
        _ change: @escaping @Sendable (inout ServicePrincipal) -> Void
    ) -> Fault {
        happened(code, name, needs: ["\(name) principal"]) { browser in
            var principal = try #require(
                browser.tenant.snapshot().servicePrincipal(appID: Fixture.app(app)))
            change(&principal)
            try browser.tenant.append([.servicePrincipalChanged(principal)], at: browser.now)
        }
    }

    static func disabledApp(_ app: String) -> Fault {
        principal(7_000_112, "disabled", of: app) { $0.accountEnabled = false }
    }

    static func guardedApp(_ app: String) -> Fault {
        Fault(50_105, "nobody is assigned", needs: ["assignment"]) { attempt in
            attempt.before.append { browser in
                var principal = try #require(
                    browser.tenant.snapshot().servicePrincipal(appID: Fixture.app(app)))
                principal.requiresAssignment = true
                let assigned = browser.tenant.snapshot().assignments(to: principal.id)
                try browser.tenant.append(
                    [.servicePrincipalChanged(principal)] + assigned.map { .unassigned($0.id) },
                    at: browser.now)
            }
        }
    }

    // People

    static let deleted = happened(51_004, "deleted", needs: ["person"]) { browser in
        try browser.tenant.append([.userDeleted(Fixture.user("ada"))], at: browser.now)
    }
    static let disabled = happened(50_057, "disabled", needs: ["person"]) { browser in
        try browser.tenant.append(
            [.userChanged(Fixture.user("ada"), [AttributeChange("accountEnabled", false)])],
            at: browser.now)
    }
    static let revoked = happened(50_173, "sessions revoked", needs: ["sessions"]) { browser in
        try browser.tenant.append([.userSessionsRevoked(Fixture.user("ada"))], at: browser.now)
    }

    // Policies

    static let blocked = happened(53_003, "a policy blocks", needs: ["policy"]) { browser in
        try browser.add(policy("order", .enabled, demand(.block)))
    }
    static let secondFactor = happened(50_076, "a second factor", needs: ["factor"]) { browser in
        try browser.tenant.append(
            [
                .userCredentialChanged(
                    Fixture.user("ada"), UserCredential(password: "pw-ada", requiresMFA: true))
            ], at: browser.now)
    }
}

/// Tries the pairs of a list that stands in the documented order of checks.
enum CheckOrder {
    /// What came out other than the documented order says; empty when all is well.
    ///
    /// - Parameter send: makes the attempt in a world of its own.
    static func violations(
        of fault: Fault, in order: [Fault], send: (Fault?, Fault) throws -> Int?
    ) throws -> [String] {
        var found: [String] = []
        let alone = try send(nil, fault)
        if alone != fault.code { found.append("\(fault) alone: \(alone ?? 0)") }
        guard let place = order.firstIndex(where: { $0.testDescription == fault.testDescription })
        else { return ["\(fault) is not in the list"] }
        for later in order[(place + 1)...] where fault.fits(later) {
            let code = try send(later, fault)
            if code != fault.code {
                found.append(
                    "\(fault.testDescription) with \(later.testDescription): \(code ?? 0)")
            }
        }
        return found
    }
}
