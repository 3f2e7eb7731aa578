import SimCore
import SimDirectory
import SimErrors
import SimFaults
import SimHTTP
import SimIdentity
import SimPortal
import SimTarget
import Synchronization

/// Receives every request and hands it to the surface its path names.
///
/// The listener must be up before its port, and so the simulator's own address, is known:
/// requests that arrive in between are answered 503.
final class FrontDoor: RequestHandler {
    private let services = AtomicLazyReference<SimulatorServices>()
    private let scheme: Origin.Scheme

    /// - Parameter scheme: how clients reach this door.
    init(_ scheme: Origin.Scheme) {
        self.scheme = scheme
    }

    func open(_ services: SimulatorServices) {
        _ = self.services.storeIfNil(services)
    }

    func handle(_ request: HTTPRequest, reply: any DeferredReply) -> HTTPResponse? {
        guard let services = services.load() else {
            return HTTPResponse(status: 503, headers: ["Retry-After": "1"])
        }
        let now = services.clock.now
        let surface = Surface(request.target)
        if surface == .control {
            return control(request, services, surface, now, reply)
        }
        if surface == .login, isCostly(request),
            let (issuer, place) = services.issuers.mustAsk(
                services.identity.issuerQuestion(request))
        {
            services.issuers.ask(issuer, at: place, over: services.jobs.environment) {
                reply.send(self.answer(request, services, surface, services.clock.now))
            }
            return nil
        }
        return answer(request, services, surface, now)
    }

    /// The answer to a request of this process itself, which is no one's of the control API.
    func answer(_ request: HTTPRequest) -> HTTPResponse? {
        guard let services = services.load() else { return nil }
        let surface = Surface(request.target)
        guard surface != .control else { return NotFoundPage.response(to: request) }
        return answer(request, services, surface, services.clock.now)
    }

    /// Through the fault rules, journaled.
    private func answer(
        _ request: HTTPRequest, _ services: SimulatorServices, _ surface: Surface, _ now: Timestamp
    ) -> HTTPResponse {
        let response: HTTPResponse
        do throws(FaultRuleError) {
            guard let fault = try InboundFault.find(request, surface, services, now) else {
                response = answer(request, services, services.identity, surface, now)
                services.finished(request, response, surface, at: now)
                return response
            }
            response = fault.answer(request, services, now) { identity, time in
                answer(request, services, identity, surface, time, defect: fault.effect)
            }
        } catch {
            response = ControlError(error).response
        }
        services.finished(request, response, surface, at: now)
        return response
    }

    func quickAnswers(loop: Int) -> QuickLane? {
        services.load().flatMap { QuickLane($0, number: loop % RequestJournal.quickLaneCount) }
    }

    /// All that may sign or search: of the login endpoint everything but its documents and pages.
    func isCostly(_ request: HTTPRequest) -> Bool {
        switch Surface(request.target) {
        case .login:
            return request.method != .get && request.method != .head
                || request.path.utf8.suffix(10).elementsEqual("/authorize".utf8)
        case .apps: return false
        case .graph, .portal, .control: return true
        }
    }

    private func control(
        _ request: HTTPRequest, _ services: SimulatorServices, _ surface: Surface,
        _ now: Timestamp, _ reply: any DeferredReply
    ) -> HTTPResponse? {
        switch services.controlRoutes.route(request) {
        case .failure(let error):
            services.finished(request, error.response, surface, at: now)
            return error.response
        case .success(let command):
            services.controlDesk.perform(command) { result in
                let response = ControlRoutes.response(result)
                services.finished(request, response, surface, at: now)
                reply.send(response)
            }
            return nil
        }
    }

    private func answer(
        _ request: HTTPRequest, _ services: SimulatorServices, _ identity: IdentityPlatform,
        _ surface: Surface, _ now: Timestamp, defect effect: FaultEffect? = nil
    ) -> HTTPResponse {
        switch surface {
        case .control: preconditionFailure("answered later")
        case .apps:
            guard let app = services.sampleApp(at: request.path) else {
                return NotFoundPage.response(to: request)
            }
            return DefectiveApp(app: app, services: services)
                .answer(request, scheme: scheme, effect: effect, at: now)
        case .portal: return services.portal(request)
        case .login, .graph:
            guard let step = identity.handle(request, now: now) else {
                return NotFoundPage.response(to: request)
            }
            return services.perform(step, at: now)
        }
    }
}

/// Which part of the simulator a path belongs to.
enum Surface: String, CaseIterable, Sendable {
    case login, graph, apps, portal, control

    /// 0 and up, for tables by surface.
    var number: Int {
        switch self {
        case .login: 0
        case .graph: 1
        case .apps: 2
        case .portal: 3
        case .control: 4
        }
    }

    /// - Parameter target: of a request: its path, and its query behind that.
    init(_ target: String) {
        let bytes = target.utf8Span.span
        var end = min(1, bytes.count)
        while end < bytes.count, bytes[end] != UInt8(ascii: "/"), bytes[end] != UInt8(ascii: "?") {
            end += 1
        }
        let first = bytes.extracting(min(1, end)..<end)
        func isNamed(_ name: StaticString) -> Bool {
            let name = name.description.utf8Span.span
            return first.indices.allSatisfy { first[$0] == name[$0] }
        }
        self =
            switch first.count {
            case 0: .portal
            case 3 where isNamed("sim"): .control
            case 4 where isNamed("apps"): .apps
            case 4 where isNamed("v1.0"), 4 where isNamed("beta"): .graph
            case 6 where isNamed("portal"): .portal
            default: .login
            }
    }
}
