import SimCore
import SimDirectory
import SimErrors
import SimHTTP
import SimIdentity

/// What the texts of an injected refusal say about the request it answers. A placeholder that
/// nothing is known about stays as the catalogue writes it.
struct RefusalArguments {
    private let subject: IdentitySubject
    private let home: DirectorySnapshot?
    private let now: Timestamp

    init(_ request: HTTPRequest, _ services: SimulatorServices, _ now: Timestamp) {
        subject = services.identity.subject(of: request, now: now)
        home =
            (subject.tenant.flatMap(services.tenants.find(named:))
            ?? services.tenants.hosts.first)?.snapshot
        self.now = now
    }

    /// The error with the placeholders filled that the rule left open.
    func filling(_ error: AADSTSError) -> AADSTSError {
        var filled = AADSTSError(
            entry: error.entry,
            arguments: known.merging(error.arguments) { _, written in written })
        filled.overrides = error.overrides
        return filled
    }

    private var known: [String: AADSTSError.Argument] {
        var known: [String: AADSTSError.Argument] = subject.fields.mapValues { .text($0) }
        for name in ["resource", "resourceAppId"] { known[name] = .text(Self.graph) }
        known["policyId"] = .text(GUID(seed: 0, name: "policy").description)
        known["curTime"] = .text(now.iso8601(fractionDigits: 7))
        if let segment = subject.tenant { known["realm"] = .text(segment) }
        if let client = subject.client {
            for name in ["appId", "appIdentifier", "client_id", "applicationId"] {
                known[name] = .text(client)
            }
        }
        guard let home else { return known }
        for name in ["tenant", "tenantName"] { known[name] = .text(home.profile.displayName) }
        known["tenantId"] = .text(home.profile.id.description)
        if let app = subject.client.flatMap({ AppID($0) }),
            let principal = home.servicePrincipal(appID: app)
        {
            for name in ["appName", "appDisplayName"] {
                known[name] = .text(principal.displayName)
            }
        }
        let user =
            subject.userID.flatMap { home.user($0) }
            ?? subject.userName.flatMap { home.user(userPrincipalName: $0) }
        if let name = user?.userPrincipalName ?? subject.userName {
            for placeholder in ["user", "principalName"] { known[placeholder] = .personal(name) }
        }
        if let user { known["principalId"] = .text(user.id.description) }
        return known
    }

    /// Microsoft Graph, what clients ask for when they ask for nothing else.
    private static let graph = "00000003-0000-0000-c000-000000000000"
}
