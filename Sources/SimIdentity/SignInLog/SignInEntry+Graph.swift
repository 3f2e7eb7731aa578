import SimCore
import SimDirectory
import SimErrors

extension SignInEntry {
    /// The attempt as Graph's `signIn` resource (beta form, which has every kind of event).
    package var json: JSONObject {
        var object: JSONObject = [
            "id": .string(id.description), "createdDateTime": .string(at.iso8601),
            "userDisplayName": .string(person?.displayName ?? ""),
            "userPrincipalName": .string(person?.userName.lowercased() ?? ""),
            "userId": .string(person?.id?.description ?? ""),
            "userType": .string(person?.isGuest == true ? "guest" : "member"),
            "appId": .string(app.appID), "appDisplayName": .string(app.displayName),
            "ipAddress": .string(address), "clientAppUsed": .string(clientAppUsed),
            "userAgent": .string(userAgent),
            "correlationId": .string(correlationID.description),
            "conditionalAccessStatus": .string(accessStatus),
            "isInteractive": .bool(kind == .interactiveUser),
            "signInEventTypes": [.string(kind.rawValue)],
            "authenticationProtocol": .string(protocolName),
            "incomingTokenType": .string(incomingToken),
            "authenticationRequirement": .string(
                asksForSecondFactor || methods.contains("mfa")
                    ? "multiFactorAuthentication" : "singleFactorAuthentication"),
            "resourceDisplayName": .string(resource.displayName),
            "resourceId": .string(resource.appID),
            "resourceServicePrincipalId": Self.text(resource.principal?.description),
            "resourceTenantId": .string(tenant.description),
            "homeTenantId": .string(tenant.description),
        ]
        if kind == .servicePrincipal {
            object.append("servicePrincipalId", Self.text(app.principal?.description))
            object.append("servicePrincipalName", .string(app.displayName))
        }
        object.append("sessionId", Self.text(session?.description))
        appendRisk(to: &object)
        object.append("status", status)
        object.append("deviceDetail", device)
        object.append("location", location)
        object.append("authenticationDetails", authenticationDetails)
        object.append("appliedConditionalAccessPolicies", .array(policies.map(\.json)))
        return object
    }

    private func appendRisk(to object: inout JSONObject) {
        let risk = facts?.risk ?? .none
        let userRisk = facts?.userRisk ?? .none
        let highest = [risk, userRisk].contains { $0 != .none }
        object.append("riskDetail", "none")
        object.append("riskLevelAggregated", .string((risk == .none ? userRisk : risk).rawValue))
        object.append("riskLevelDuringSignIn", .string(risk.rawValue))
        object.append("riskState", .string(highest ? "atRisk" : "none"))
        object.append("riskEventTypes_v2", [])
    }

    private var status: JSONValue {
        [
            "errorCode": .int(Int64(errorCode)),
            "failureReason": .string(error?.message(hidesPersonalData: true) ?? "Other."),
            "additionalDetails": Self.text(additionalDetails),
        ]
    }

    /// What the service adds about a second factor.
    private var additionalDetails: String? {
        switch errorCode {
        case 0 where methods.contains("mfa"): "MFA requirement satisfied by claim in the token"
        case 50_074, 50_076: "User needs to perform multi-factor authentication."
        case 50_072, 50_079: "User needs to register for multi-factor authentication."
        case 500_121: "MFA denied; the code was wrong or used before"
        default: error?.entry.remedy
        }
    }

    private var device: JSONValue {
        let traits = facts?.device ?? []
        let trust: String =
            traits.contains(.domainJoined)
            ? "Hybrid Azure AD joined" : traits.isEmpty ? "" : "Azure AD registered"
        return [
            "deviceId": "", "displayName": "",
            "operatingSystem": .string(facts?.platform.map(Self.systemName) ?? ""),
            "browser": .string(Self.browser(userAgent)),
            "isCompliant": .bool(traits.contains(.compliant)),
            "isManaged": .bool(traits.contains(.compliant) || traits.contains(.domainJoined)),
            "trustType": .string(trust),
        ]
    }

    private var location: JSONValue {
        [
            "city": "", "state": "", "countryOrRegion": .string(facts?.country ?? ""),
            "geoCoordinates": ["altitude": .null, "latitude": .null, "longitude": .null],
        ]
    }

    private var authenticationDetails: JSONValue {
        .array(
            methods.filter { $0 == "pwd" || $0 == "mfa" }.map { method in
                [
                    "authenticationStepDateTime": .string(at.iso8601),
                    "authenticationMethod": .string(
                        method == "pwd" ? "Password" : "Mobile app verification code"),
                    "authenticationMethodDetail": .string(
                        method == "pwd" ? "Password in the cloud" : ""),
                    "succeeded": true,
                    "authenticationStepResultDetail": .string(
                        method == "pwd" ? "Correct password" : "MFA successfully completed"),
                    "authenticationStepRequirement": .string(
                        method == "pwd" ? "Primary authentication" : "Secondary authentication"),
                ]
            })
    }

    private var clientAppUsed: String {
        if kind == .servicePrincipal { return "" }
        switch facts?.clientApp {
        case .mobileAppsAndDesktopClients: return "Mobile Apps and Desktop clients"
        case .exchangeActiveSync, .easSupported: return "Exchange ActiveSync"
        case .other: return "Other clients"
        case .browser, .all: return "Browser"
        case nil: return protocolName == "none" ? "Browser" : "Mobile Apps and Desktop clients"
        }
    }

    private static func text(_ text: String?) -> JSONValue { text.map { .string($0) } ?? .null }

    private static func systemName(_ platform: DevicePlatform) -> String {
        switch platform {
        case .android: "Android"
        case .iOS: "Ios"
        case .windows: "Windows"
        case .windowsPhone: "WindowsPhone"
        case .macOS: "MacOs"
        case .linux: "Linux"
        }
    }

    private static func browser(_ agent: String) -> String {
        let names = [
            ("Edg/", "Edge"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari"),
        ]
        for (mark, name) in names {
            let pieces = agent.split(separator: " ")
            if let piece = pieces.first(where: { $0.hasPrefix(mark) }) {
                let version = piece.dropFirst(mark.count).prefix { $0 != "." }
                return "\(name) \(version)"
            }
        }
        return ""
    }
}
