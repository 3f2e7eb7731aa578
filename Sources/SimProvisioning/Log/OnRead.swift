/// A value that is at hand, or made when somebody reads it.
///
/// Most rows of a log are never read, and making their texts took a tenth of the engine's time in
/// an initial cycle.
package struct OnRead<Value: Hashable & Sendable>: Hashable, Sendable {
    private enum Form: Sendable {
        case held(Value)
        case made(@Sendable () -> Value)
    }

    private let form: Form

    package init(_ value: Value) {
        form = .held(value)
    }

    /// - Parameter make: gives the same value each time, whatever has changed meanwhile.
    package init(making make: @escaping @Sendable () -> Value) {
        form = .made(make)
    }

    package var value: Value {
        switch form {
        case .held(let value): value
        case .made(let make): make()
        }
    }

    package static func == (left: Self, right: Self) -> Bool { left.value == right.value }

    package func hash(into hasher: inout Hasher) { hasher.combine(value) }
}
