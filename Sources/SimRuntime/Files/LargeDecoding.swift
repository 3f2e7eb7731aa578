import CLinux
import Synchronization

/// Keeps what a large file leaves behind on its way into memory apart from what stays.
///
/// Decoding a fixture of a million users makes and drops a gigabyte of small texts. On one heap the
/// rows of the directory come to lie between them, and 400 MB of it are never given back.
package enum LargeDecoding {
    /// Smaller files are decoded where they are asked for.
    static let byteLimit = 32 << 20

    /// Runs `body` on a thread, and so on a heap, of its own.
    static func run<Result: Sendable>(_ body: @escaping @Sendable () -> Result) -> Result {
        let box = Box<Result>()
        guard
            let thread = try? LoopThread(
                name: "fixture", { box.result.withLock { $0 = body() } })
        else {
            // The machine has no thread to spare: it is decoded here.
            return body()
        }
        thread.join()
        return box.result.withLock { $0.take() } ?? body()
    }

    /// Gives memory that was dropped back to the machine.
    package static func giveBack() {
        sim_give_back_memory()
    }

    private final class Box<Result: Sendable>: Sendable {
        let result = Mutex<Result?>(nil)
    }
}
