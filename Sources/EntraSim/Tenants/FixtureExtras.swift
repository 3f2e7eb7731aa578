import SimCore
import SimDirectory
import SimFaults
import SimIdentity

/// What a tenant's fixture says besides the directory: fault rules, issuers, settings of the login
/// endpoint; and what is wrong with it.
struct FixtureExtras: Sendable {
    private(set) var rules: [FaultRule] = []
    private(set) var issuers: [TrustedIssuer] = []
    /// By name, as on the command line.
    private(set) var identitySettings: [String: String] = [:]
    private(set) var problems: [FixtureProblem] = []
    /// Issuers and settings as they were written, for an export.
    private(set) var written = JSONObject()

    init(_ parts: FixtureCheck.Parts) {
        read(faults: parts.faults)
        read(issuers: parts.issuers)
        if let settings = parts.identitySettings {
            read(settings: settings)
            written.append("identitySettings", settings.json)
        }
        if !parts.issuers.isEmpty {
            written.append("issuers", .array(parts.issuers.map(\.json)))
        }
    }

    private mutating func read(faults: [FixturePart]) {
        var names: Set<String> = []
        for fault in faults {
            do throws(FaultRuleError) {
                let rule = try FaultRule(fault.json)
                if let name = rule.name, !names.insert(name).inserted {
                    problems.append(
                        fault.problem(
                            "there is a rule '\(name)' already", hint: nil, at: [.key("name")]))
                }
                rules.append(rule)
            } catch {
                problems.append(fault.problem(error.message, hint: error.hint, at: error.path))
            }
        }
    }

    private mutating func read(issuers parts: [FixturePart]) {
        var names: Set<String> = []
        for part in parts {
            do throws(FixtureRefusal) {
                let issuer = try TrustedIssuer(part)
                if !names.insert(issuer.name).inserted {
                    problems.append(
                        part.problem(
                            "there is an issuer '\(issuer.name)' already", hint: nil,
                            at: [.key("issuer")]))
                }
                issuers.append(issuer)
            } catch {
                problems += error.problems
            }
        }
        if issuers.count > TrustedIssuer.countLimit, let last = parts.last {
            problems.append(
                last.problem(
                    "there are more than \(TrustedIssuer.countLimit) issuers", hint: nil, at: []))
        }
    }

    private mutating func read(settings part: FixturePart) {
        guard let object = part.json.objectValue else {
            problems.append(part.problem("expected an object", hint: nil, at: []))
            return
        }
        var settings = IdentitySettings()
        for member in object.members {
            guard let text = member.value.settingText else {
                problems.append(
                    part.problem(
                        "expected true, false, a number or a string", hint: nil,
                        at: [.key(member.name)]))
                continue
            }
            do throws(SettingRefusal) {
                try IdentitySetting.set(member.name, text, in: &settings)
                identitySettings[member.name] = text
            } catch {
                problems.append(
                    part.problem(error.message, hint: error.hint, at: [.key(member.name)]))
            }
        }
    }
}

extension JSONValue {
    /// A setting's value as it stands on the command line; nil for lists, objects and null.
    fileprivate var settingText: String? {
        stringValue ?? boolValue.map { String($0) } ?? intValue.map { String($0) }
    }
}
