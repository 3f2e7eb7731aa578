import Glibc

/// What the system says a thread did so far: nanoseconds it ran, and stood ready while its core ran
/// others.
struct ThreadTimes: Hashable, Sendable {
    var ran: Int64
    var waited: Int64

    static func - (left: ThreadTimes, right: ThreadTimes) -> ThreadTimes {
        ThreadTimes(ran: left.ran - right.ran, waited: left.waited - right.waited)
    }
}

/// Tells the times of the thread that made it, on any thread.
final class ThreadGauge: Sendable {
    private let descriptor: Int32

    /// Nil where the system does not count.
    init?() {
        descriptor = open("/proc/thread-self/schedstat", O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
    }

    deinit {
        close(descriptor)
    }

    /// Nil when the thread has ended.
    var times: ThreadTimes? {
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 64) { buffer in
            let count = pread(descriptor, buffer.baseAddress, buffer.count, 0)
            guard count > 0 else { return nil }
            return Self.times(in: UnsafeBufferPointer(rebasing: buffer[..<count]))
        }
    }

    /// Reads two decimal numbers with a space behind each; what follows is not ours.
    static func times(in text: some Sequence<UInt8>) -> ThreadTimes? {
        var ran: Int64?
        var number: Int64?
        for byte in text {
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"):
                let digit = Int64(byte - UInt8(ascii: "0"))
                number = (number ?? 0) &* 10 &+ digit
            case UInt8(ascii: " "):
                guard let value = number else { return nil }
                if let ran { return ThreadTimes(ran: ran, waited: value) }
                ran = value
                number = nil
            default: return nil
            }
        }
        return nil
    }
}
