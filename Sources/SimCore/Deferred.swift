/// A value that is at hand, or made each time somebody reads it.
///
/// Most rows of a log are never read, and in memory no journal asks for an event's JSON: making
/// the texts of rows took a tenth of the engine's time in an initial cycle, the JSON 3 %.
/// Public and inlinable for the reason `ChunkedArray` gives.
public struct Deferred<Value: Hashable & Sendable>: Hashable, Sendable {
    @usableFromInline enum Form: Sendable {
        case held(Value)
        case made(@Sendable () -> Value)
    }

    @usableFromInline let form: Form

    @inlinable public init(_ value: Value) {
        form = .held(value)
    }

    /// - Parameter make: gives the same value each time, whatever has changed meanwhile.
    @inlinable public init(making make: @escaping @Sendable () -> Value) {
        form = .made(make)
    }

    @inlinable public var value: Value {
        switch form {
        case .held(let value): value
        case .made(let make): make()
        }
    }

    @inlinable public static func == (left: Self, right: Self) -> Bool {
        left.value == right.value
    }

    @inlinable public func hash(into hasher: inout Hasher) { hasher.combine(value) }
}
