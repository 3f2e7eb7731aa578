import SimCore
import SimPortal

/// Carries out the clock commands; a move forward runs what falls due on the way.
struct ClockCommands {
    let services: SimulatorServices

    func perform(
        _ command: ClockCommand,
        completion: @escaping @Sendable (Result<ControlAnswer, ControlError>) -> Void
    ) {
        let clock = services.clock
        let services = services
        func answer(_ ran: [DueWork.Done] = []) {
            completion(.success(.json(Self.answer(services, ran))))
        }
        switch command {
        case .show: answer()
        case .freeze(let time):
            clock.freeze(at: time)
            answer()
        case .resume:
            clock.resume()
            services.timeline.reschedule()
            answer()
        case .advanceTo(let time):
            guard time >= clock.now else {
                completion(
                    .failure(
                        .badRequest(
                            "\(time.iso8601) is over: it is \(clock.now.iso8601)",
                            hint: "'clock set' goes back")))
                return
            }
            services.timeline.advance(to: time) { ran in
                completion(.success(.json(Self.answer(services, ran))))
            }
        case .advance(let duration):
            guard duration >= .zero else {
                completion(
                    .failure(
                        .badRequest(
                            "time cannot be advanced by less than nothing",
                            hint: "'clock set' goes back")))
                return
            }
            services.timeline.advance(to: clock.now + duration) { ran in
                completion(.success(.json(Self.answer(services, ran))))
            }
        case .set(let time):
            guard time > clock.now else {
                clock.set(to: time)
                services.timeline.reschedule()
                answer()
                return
            }
            services.timeline.advance(to: time) { ran in
                completion(.success(.json(Self.answer(services, ran))))
            }
        }
    }

    private static func answer(
        _ services: SimulatorServices, _ ran: [DueWork.Done]
    ) -> JSONValue {
        let clock = services.clock
        let state =
            switch clock.mode {
            case .running: "running"
            case .frozen: "frozen"
            }
        var object: JSONObject = [
            "now": .string(clock.now.iso8601), "state": .string(state),
            "ran": .array(
                ran.map { ["at": .string($0.at.iso8601), "what": .string($0.what)] }),
        ]
        object.appendIfPresent("warning", WallClockWarning.text(clock, services.journal))
        return .object(object)
    }
}
