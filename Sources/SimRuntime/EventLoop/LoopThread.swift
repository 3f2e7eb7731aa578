import CLinux
import Glibc
import Synchronization

/// A thread that runs one closure to its end.
final class LoopThread: Sendable {
    private let handle: pthread_t
    private let isJoined = Mutex(false)

    /// - Parameter name: shown by `ps` and debuggers; 15 bytes at most.
    init(name: String, _ body: @escaping @Sendable () -> Void) throws(SocketFailure) {
        let box = Unmanaged.passRetained(Body(name: name, run: body))
        var handle = pthread_t()
        let code = pthread_create(
            &handle, nil,
            { raw in
                guard let raw else { return nil }
                let body = Unmanaged<Body>.fromOpaque(raw).takeRetainedValue()
                sim_name_thread(body.name)
                body.run()
                return nil
            }, box.toOpaque())
        guard code == 0 else {
            box.release()
            throw SocketFailure(call: "pthread_create", code: code)
        }
        self.handle = handle
    }

    deinit {
        isJoined.withLock { if !$0 { pthread_detach(handle) } }
    }

    /// Whether the caller runs on this thread.
    var isHere: Bool { pthread_equal(handle, pthread_self()) != 0 }

    /// Waits for the end. Called on the thread itself it returns at once.
    func join() {
        isJoined.withLock { isJoined in
            guard !isJoined, !isHere else { return }
            pthread_join(handle, nil)
            isJoined = true
        }
    }

    private final class Body: Sendable {
        let name: String
        let run: @Sendable () -> Void

        init(name: String, run: @escaping @Sendable () -> Void) {
            self.name = String(name.prefix(15))
            self.run = run
        }
    }
}
