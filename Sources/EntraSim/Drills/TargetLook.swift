import SimCore
import SimFaults
import SimHTTP
import SimPortal
import SimProvisioning

/// Asks a target who is there, past the fault rules and the journal: the drill's eyes, not the
/// provisioning service's.
struct TargetLook {
    let runner: JobRunner
    let token: String?

    /// How a user is known there by `userName`. RFC 7644 §3.4.2.2.
    func presence(
        of name: String
    ) async throws(SimulatorFailure) -> DrillObservation.Presence {
        let job: ProvisioningJob
        let origin: Origin
        do throws(ControlError) {
            job = try runner.configured()
            origin = try runner.origin(of: job)
        } catch {
            throw SimulatorFailure(error)
        }
        let filter = FormFields(["filter": "userName eq \"\(name)\""]).encoded(.component)
        var headers: HTTPHeaders = ["Accept": "application/scim+json"]
        if let token { headers.append("Authorization", "Bearer \(token)") }
        let request = HTTPRequest(
            method: .get, target: "\(job.address.basePath)/Users?\(filter)", headers: headers)
        let result = await withCheckedContinuation { continuation in
            runner.environment.look(request, at: origin) { continuation.resume(returning: $0) }
        }
        switch result {
        case .failure(let failure):
            throw SimulatorFailure("the target cannot be asked: \(failure.explanation)")
        case .success(let response):
            // What is not a list is told with its status.
            guard let list = try? JSONValue(parsing: response.body),
                let resources = list["Resources"]?.arrayValue
                    ?? (list["totalResults"] == .int(0) ? [] : nil)
            else {
                throw SimulatorFailure("the target answers \(response.status) when asked for users")
            }
            guard resources.count < 2 else { return .twice }
            guard let user = resources.first else { return .absent }
            return user["active"]?.boolValue == false ? .disabled : .active
        }
    }
}
