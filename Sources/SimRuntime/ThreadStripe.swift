import Glibc

/// A number for spreading what many threads write over several places, so that they do not wait
/// for each other.
package enum ThreadStripe {
    /// Of the calling thread: not negative, the same as long as it lives. Stacks stand in a row, so
    /// threads that were started one after the other have numbers that differ at their end.
    package static var current: Int { Int(bitPattern: pthread_self() >> 12) & Int.max }
}
