import SimCore

/// What another target keeps in an event, as JSON that is made when a journal wants it.
///
/// In memory nobody does, and making it took 3 % of the engine's time in an initial cycle.
package struct EventPayload: Hashable, Sendable {
    private enum Form: Sendable {
        case read(JSONValue)
        case written(@Sendable () -> JSONValue)
    }

    private let form: Form

    /// A payload as a journal gave it back.
    package init(_ json: JSONValue) {
        form = .read(json)
    }

    /// - Parameter json: gives the same value each time.
    package init(making json: @escaping @Sendable () -> JSONValue) {
        form = .written(json)
    }

    package var json: JSONValue {
        switch form {
        case .read(let json): json
        case .written(let make): make()
        }
    }

    package static func == (left: EventPayload, right: EventPayload) -> Bool {
        left.json == right.json
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(json)
    }
}
