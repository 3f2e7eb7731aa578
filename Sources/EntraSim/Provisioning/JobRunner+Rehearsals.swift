import SimCore
import SimDirectory
import SimHTTP
import SimPortal
import SimProvisioning

/// What looks at a target without changing anything: Test Connection and preview.
extension JobRunner {
    func test(
        _ credentials: TestCredentials,
        _ completion: @escaping @Sendable (Result<ControlAnswer, ControlError>) -> Void
    ) throws(ControlError) {
        if case .unsupported? = credentials.authentication?.location {
            let result = try configured().withoutCredentialLocation(random: environment.random)
            return completion(.success(.json(result.answer)))
        }
        let job = try configured(with: credentials)
        let machine = ConnectionTestMachine(
            ConnectionTest(job: job, random: environment.random))
        MachineRun(machine, over: try trialConnection(for: job)) { result in
            completion(.success(.json(result.answer)))
        }.start()
    }

    func preview(
        _ completion: @escaping @Sendable (Result<ControlAnswer, ControlError>) -> Void
    ) throws(ControlError) {
        let job = try configured()
        let machine = PreviewMachine(
            SimProvisioning.CyclePreview(job: job, state: jobState, snapshot: host.snapshot))
        let snapshot = host.snapshot
        MachineRun(machine, over: try connection(for: job)) { found in
            let writes = found.preview.planned.map { call in
                SimPortal.CyclePreview.Write(
                    action: found.preview.action(of: call),
                    identity: snapshot.identity(of: call.subject), method: call.request.method,
                    path: call.request.target.relative(to: job.address.basePath),
                    body: try? JSONValue(parsing: call.request.body))
            }
            let answer = SimPortal.CyclePreview(
                app: job.displayName, kind: .init(found.summary.kind), writes: writes,
                error: found.summary.error?.resource)
            completion(.success(.json(answer.json)))
        }.start()
    }

    /// The way to the job's target, with the token that serves all its runs.
    func connection(for job: ProvisioningJob) throws(ControlError) -> TargetConnection {
        if let grant = job.tokenGrant { tokens.use(grant) }
        return TargetConnection(
            origin: try origin(of: job), environment: environment,
            tokens: job.tokenGrant == nil ? nil : tokens)
    }

    /// The same for a trial of credentials: with a token of its own, so that it says whether they
    /// are good now.
    private func trialConnection(
        for job: ProvisioningJob
    ) throws(ControlError) -> TargetConnection {
        let tokens = job.tokenGrant.map { grant in
            TargetTokens(environment: environment) { grant }
        }
        return TargetConnection(
            origin: try origin(of: job), environment: environment, tokens: tokens)
    }

    func origin(of job: ProvisioningJob) throws(ControlError) -> Origin {
        guard let origin = Origin.parse(job.address.origin)?.origin else {
            throw .badRequest("the tenant URL of '\(job.displayName)' is no address")
        }
        return origin
    }
}

extension ConnectionTestResult {
    /// As `/sim/v1` answers it.
    fileprivate var answer: JSONValue {
        var object: JSONObject = ["success": .bool(isSuccess), "text": .string(text)]
        if let failure {
            object.append("code", .string(failure.code.rawValue))
            object.append("message", .string(failure.details))
            object.append("httpStatus", failure.status.map { .string(String($0)) } ?? .null)
        }
        object.append("requestId", .string(requestID.description))
        return .object(object)
    }
}

extension SimProvisioning.CyclePreview {
    /// `provisioningAction` of a call. An object may have several rows, so the method decides.
    fileprivate func action(of call: PlannedCall) -> String {
        let action: ProvisioningLogEntry.Action =
            switch call.request.method {
            case .post: .create
            case .delete: .delete
            default:
                entries.contains { $0.subject == call.subject && $0.action == .disable }
                    ? .disable : .update
            }
        return action.rawValue
    }
}

extension DirectorySnapshot {
    /// What a person calls an object: user principal name, or a group's display name.
    fileprivate func identity(of key: ObjectKey) -> String {
        switch key {
        case .user(let id): user(id)?.userPrincipalName ?? id.description
        case .group(let id): group(id)?.displayName ?? id.description
        }
    }
}

extension String {
    /// The target without the base path in front.
    fileprivate func relative(to base: String) -> String {
        hasPrefix(base) ? String(dropFirst(base.count)) : self
    }
}
