import COpenSSL

/// An operation of the crypto library that did not succeed, with the library's own reasons.
package struct CryptoError: Error, Hashable, Sendable {
    /// What was attempted, in words: "read a private key".
    package let operation: String
    /// The library's error queue, oldest first; may be empty when the refusal is our own.
    package let reasons: [String]

    package init(operation: String, reasons: [String] = []) {
        self.operation = operation
        self.reasons = reasons
    }

    /// The failure of `operation`, taking along (and emptying) this thread's error queue.
    static func drained(_ operation: String) -> CryptoError {
        CryptoError(operation: operation, reasons: ErrorQueue.drain())
    }
}

extension CryptoError: CustomStringConvertible {
    package var description: String {
        reasons.isEmpty
            ? "could not \(operation)"
            : "could not \(operation): \(reasons.joined(separator: "; "))"
    }
}

/// OpenSSL's queue of errors, one per thread.
enum ErrorQueue {
    /// Longest queue read; the library keeps at most 16.
    private static let limit = 16

    /// The reasons queued on this thread, oldest first; the queue is empty afterwards.
    static func drain() -> [String] {
        var reasons: [String] = []
        while reasons.count < limit {
            let code = ERR_get_error()
            guard code != 0 else { break }
            if let text = ERR_reason_error_string(code) {
                reasons.append(String(cString: text))
            } else {
                reasons.append("error \(String(code, radix: 16))")
            }
        }
        ERR_clear_error()
        return reasons
    }
}
