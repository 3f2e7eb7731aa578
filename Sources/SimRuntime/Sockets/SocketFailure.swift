import CLinux
import Glibc

/// A system call that failed, with its `errno`.
package struct SocketFailure: Error, Hashable, Sendable, CustomStringConvertible {
    package let call: String
    package let code: Int32

    init(call: String, code: Int32 = sim_errno()) {
        self.call = call
        self.code = code
    }

    package var description: String {
        "\(call): \(String(cString: strerror(code)))"
    }
}
