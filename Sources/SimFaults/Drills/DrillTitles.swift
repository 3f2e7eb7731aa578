import SimCore

extension DrillStep {
    /// What the timeline calls it.
    package var title: String { action?.title ?? "expect" }
}

extension DrillAction {
    var title: String {
        switch self {
        case .edit(let edit): "edit: \(edit.title)"
        case .fault(let rule): "fault: \(rule.title)"
        case .clear(let name): name.map { "clear fault '\($0)'" } ?? "clear all faults"
        case .advance(.by(let duration)): "advance \(FaultDuration.text(duration))"
        case .advance(.to(let time)): "advance to \(DrillTimeline.stamp(time))"
        case .cycle(let app): "cycle" + (app.map { " of \($0)" } ?? "")
        case .job(let order): order.title
        case .onDemand(let user): "provision on demand: \(user)"
        case .testConnection(let token):
            "Test Connection" + (token == nil ? "" : " with another token")
        case .signIn(let signIn): signIn.title
        }
    }
}

extension DrillAction.JobOrder {
    fileprivate var title: String {
        switch self {
        case .start: "start provisioning"
        case .pause: "pause provisioning"
        case .restart: "restart provisioning"
        case .restartFull: "restart provisioning, forgetting every link"
        case .allowDeletes: "allow deletes"
        }
    }
}

extension DrillEdit {
    fileprivate var title: String {
        switch self {
        case .user(let change, let name): "\(change.rawValue) \(name)"
        case .addUser(let name, _): "new user \(name)"
        case .setUser(let name, let attributes):
            "\(name): " + attributes.map { "\($0.name) \($0.value.text)" }.joined(separator: ", ")
        case .addGroup(let name): "new group \(name)"
        case .deleteGroup(let name): "delete group \(name)"
        case .renameGroup(let name, let new): "rename group \(name) to \(new)"
        case .addMember(let name, let group): "\(name) joins \(group)"
        case .removeMember(let name, let group): "\(name) leaves \(group)"
        case .assign(let name, let app): "assign \(name)" + (app.map { " to \($0)" } ?? "")
        case .unassign(let name, let app): "unassign \(name)" + (app.map { " from \($0)" } ?? "")
        case .token(.value): "another secret token"
        case .token(.right): "the right secret token"
        case .provisioning(let settings): "provisioning settings: \(settings.title)"
        case .newSecret(let app, let lifetime):
            "new client secret of \(app) for \(FaultDuration.text(lifetime))"
        case .revokeConsent(let app): "consent to \(app) is taken back"
        case .grantConsent(let app, let scope): "consent to \(app) for everybody: \(scope)"
        case .request(let method, let path, let body):
            "\(method) \(path)" + (body.map { " \($0.text)".prefix(160) } ?? "")
        }
    }
}

extension DrillJobSettings {
    fileprivate var title: String {
        [
            mailTo.map { "mail to \($0)" }, deleteThreshold.map { "at most \($0) deletes" },
            assignedOnly.map { $0 ? "assigned users and groups" : "all users and groups" },
            provisionsGroups.map { $0 ? "with groups" : "without groups" },
        ].compactMap { $0 }.joined(separator: ", ")
    }
}

extension FaultRule {
    /// The rule in its own words, cut where it is long.
    fileprivate var title: String {
        let parts = ["where", "whom", "when", "what"].compactMap { key in
            json[key].map { "\(key) \($0.stringValue ?? $0.text)" }
        }
        let text = parts.joined(separator: "  ")
        let limit = 160
        return (name.map { "'\($0)' " } ?? "")
            + (text.count > limit ? text.prefix(limit) + "…" : text)
    }
}

extension DrillSignIn {
    fileprivate var title: String {
        let who = user ?? "the app"
        let what =
            switch way {
            case .page: "\(who) signs in"
            case .silent: "silent sign-in" + (user.map { " of \($0)" } ?? "")
            case .renew: "the app renews its tokens"
            case .secret: "the app signs in with its secret"
            }
        let details = [
            app.map { "at \($0)" }, address.map { "from \($0)" },
            clockOffset == .zero ? nil : "with a clock \(clockText)",
            keyCache == .cached ? "with the keys it remembers" : nil,
        ].compactMap { $0 }
        return ([what] + details).joined(separator: ", ")
    }

    private var clockText: String {
        clockOffset < .zero
            ? "\(FaultDuration.text(.zero - clockOffset)) slow"
            : "\(FaultDuration.text(clockOffset)) fast"
    }
}
