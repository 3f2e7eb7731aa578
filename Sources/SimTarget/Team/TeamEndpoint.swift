import SimCore
import SimHTTP

/// The team page and its forms.
struct TeamEndpoint {
    let configuration: SampleAppConfiguration
    let formToken: String
    let switches: [DefectState]
    let now: Timestamp

    /// What is answered once the changes are applied.
    enum Answer {
        case ready(HTTPResponse)
        case page(status: Int, TeamView, TeamNotice?)
    }

    struct Decision {
        let answer: Answer
        var changes: [SampleAppChange] = []
        /// The defects to be on from now on, with their rates; nil leaves them as they are.
        var defects: [AppDefect.Name: Double]?
    }

    func decide(
        _ request: HTTPRequest, _ segments: [String], _ state: SampleAppState,
        _ traffic: TrafficLog, random: any RandomSource
    ) -> Decision {
        let isRead = request.method == .get || request.method == .head
        switch (segments.count, segments.first) {
        case (0, _) where isRead:
            return Decision(answer: .page(status: 200, TeamView(request), TeamNotice(request)))
        case (1, "team.css") where isRead:
            return Decision(
                answer: .ready(asset(TeamPageStyle.text(for: configuration.look), "css")))
        case (1, "team.js") where isRead:
            return Decision(answer: .ready(asset(TeamPageScript.text, "javascript")))
        case (1, "callback") where isRead || request.method == .post:
            return Decision(
                answer: .ready(
                    html(200, TeamArrivalPage.html(configuration, Self.arrived(request)))))
        case (1, "roles") where request.method == .post:
            return posted(request) { saveRoles($0) }
        case (1, "keys") where request.method == .post:
            return posted(request) { issueKey($0, state.keys, random) }
        case (1, "defects") where request.method == .post:
            return posted(request) { saveDefects($0) }
        case (3, "keys") where request.method == .post && segments[2] == "revoke":
            return posted(request) { _ in revokeKey(segments[1], state.keys) }
        case (3, "keys") where request.method == .post && segments[2] == "secret":
            return posted(request) { newSecret($0, segments[1], state.keys, random) }
        case (_, _):
            return refused(404, "There is no such page.")
        }
    }

    func response(
        _ decision: Decision, _ state: SampleAppState, _ traffic: TrafficLog
    ) -> HTTPResponse {
        switch decision.answer {
        case .ready(let response): return response
        case .page(let status, let view, let notice):
            let page = TeamPage(
                app: configuration, state: state, traffic: traffic, now: now,
                formToken: formToken, switches: switches, view: view, notice: notice)
            return html(status, page.html)
        }
    }

    /// What the login endpoint sent along; nothing when it cannot be read.
    private static func arrived(_ request: HTTPRequest) -> FormFields {
        do {
            guard request.method == .post else {
                return try FormFields(parsing: request.query ?? "")
            }
            return try FormFields(parsing: String(decoding: request.body, as: UTF8.self))
        } catch {
            return FormFields()
        }
    }

    func failure(status: Int, _ message: String) -> HTTPResponse {
        html(status, TeamRefusalPage.html(configuration, message))
    }

    // MARK: - Forms

    private func posted(
        _ request: HTTPRequest, _ act: (FormFields) -> Decision
    ) -> Decision {
        do throws(FormGuard.Refusal) {
            return act(try FormGuard(token: formToken).fields(of: request))
        } catch {
            switch error {
            case .crossSite: return refused(403, "This form was sent from another site.")
            case .wrongToken:
                return refused(403, "This form is out of date. Open the page again.")
            case .notAForm: return refused(400, "This is not a form of this page.")
            }
        }
    }

    private func refused(_ status: Int, _ message: String) -> Decision {
        Decision(answer: .ready(failure(status: status, message)))
    }

    private func wrong(_ message: String) -> Decision {
        Decision(answer: .page(status: 422, TeamView(), .problem(message)))
    }

    private func seeOther(_ done: TeamNotice.Done, _ changes: [SampleAppChange]) -> Decision {
        let place = "\(configuration.basePath)/?done=\(done.rawValue)#\(done.anchor)"
        return Decision(
            answer: .ready(HTTPResponse(status: 303, headers: ["Location": place])),
            changes: changes)
    }

    private func saveRoles(_ form: FormFields) -> Decision {
        switch RoleMappingForm.mappings(form, configuration.roles) {
        case .success(let mappings): seeOther(.roles, [.mappingChanged(mappings)])
        case .failure(let problem): wrong(problem.message)
        }
    }

    private func saveDefects(_ form: FormFields) -> Decision {
        switch DefectForm.switches(form) {
        case .success(let wanted):
            var decision = seeOther(.defects, [])
            decision.defects = wanted
            return decision
        case .failure(let problem): return wrong(problem.message)
        }
    }

    /// Answers the page itself, because only this one answer may hold the value.
    private func issueKey(
        _ form: FormFields, _ keys: KeyRing, _ random: any RandomSource
    ) -> Decision {
        // A form sent twice, as a reload of the answer does, issues one key.
        guard form["after"] == String(keys.keys.count) else { return seeOther(.keys, []) }
        guard keys.keys.count < KeyRing.limit else {
            return wrong("There are \(KeyRing.limit) keys already.")
        }
        let name = TeamText.trimmed(form["name"] ?? "")
        guard !name.isEmpty, name.count <= 100 else {
            return wrong("Give the key a name of up to 100 characters.")
        }
        let scopes = configuration.scopes.map(\.name).filter(form.values("scope").contains)
        guard !scopes.isEmpty else { return wrong("Choose what the key may do.") }
        let value =
            configuration.keyPrefix
            + Base64.urlEncode(random.bytes(24, for: RandomPurpose("sample-app-key")))
        let key = APIKey(
            id: "key-\(keys.keys.count + 1)", name: name, scopes: scopes, value: value,
            issuedAt: now)
        return Decision(
            answer: .page(status: 200, TeamView(), .keyIssued(name: name, value: value)),
            changes: [.keyIssued(key)])
    }

    /// Another secret for an OAuth client; the ones before it stay good until they are revoked.
    private func newSecret(
        _ form: FormFields, _ id: String, _ keys: KeyRing, _ random: any RandomSource
    ) -> Decision {
        guard let old = keys.keys.first(where: { $0.id == id }), let client = old.clientID else {
            return refused(404, "There is no such client.")
        }
        guard form["after"] == String(keys.keys.count) else { return seeOther(.keys, []) }
        guard keys.keys.count < KeyRing.limit else {
            return wrong("There are \(KeyRing.limit) keys already.")
        }
        let value = Base64.urlEncode(random.bytes(24, for: RandomPurpose("sample-app-key")))
        let secret = APIKey(
            id: "key-\(keys.keys.count + 1)", name: old.name, scopes: old.scopes,
            clientID: client, value: value, issuedAt: now)
        return Decision(
            answer: .page(status: 200, TeamView(), .keyIssued(name: old.name, value: value)),
            changes: [.keyIssued(secret)])
    }

    private func revokeKey(_ id: String, _ keys: KeyRing) -> Decision {
        guard keys.keys.contains(where: { $0.id == id }) else {
            return refused(404, "There is no such key.")
        }
        return seeOther(.revoked, [.keyRevoked(id: id)])
    }

    // MARK: - Answers

    private func html(_ status: Int, _ page: String) -> HTTPResponse {
        var response = HTTPResponse(status: status, html: page)
        response.headers.append("Cache-Control", "no-store")
        protect(&response)
        return response
    }

    private func asset(_ text: String, _ type: String) -> HTTPResponse {
        var response = HTTPResponse(
            status: 200,
            headers: [
                "Content-Type": "text/\(type); charset=utf-8", "Cache-Control": "max-age=300",
            ], body: Array(text.utf8))
        protect(&response)
        return response
    }

    private func protect(_ response: inout HTTPResponse) {
        response.headers.append(
            "Content-Security-Policy",
            "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; "
                + "img-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'")
        response.headers.append("X-Content-Type-Options", "nosniff")
        response.headers.append("Referrer-Policy", "same-origin")
    }
}
