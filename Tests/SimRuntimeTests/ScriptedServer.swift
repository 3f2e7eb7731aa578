import Glibc
import Testing

@testable import SimRuntime

/// A listening socket that follows a script: one entry per accepted connection, in order.
final class ScriptedServer: Sendable {
    /// What a connection gets.
    enum Step: Sendable {
        /// Waits for one whole head, then writes this.
        case answer(String)
        /// Waits for one whole head.
        case readHead
        /// Resets the connection instead of closing it.
        case reset
        /// Writes without waiting for anything.
        case write(String)
        /// Waits until the client closes.
        case waitForEnd
    }

    let port: Int
    private let thread: LoopThread

    init(_ connections: [[Step]]) throws {
        let listening = try Listener.open(host: "127.0.0.1", port: 0, count: 1)
        port = listening.port
        let descriptor = listening.descriptors[0]
        // The listener was opened for an event loop; this thread blocks.
        _ = fcntl(descriptor, F_SETFL, 0)
        thread = try LoopThread(name: "scripted") {
            for steps in connections { Self.serve(accept(descriptor, nil, nil), steps) }
            close(descriptor)
        }
    }

    private static func serve(_ connection: Int32, _ steps: [Step]) {
        var bound = timeval(tv_sec: 10, tv_usec: 0)
        setsockopt(
            connection, SOL_SOCKET, SO_RCVTIMEO, &bound, socklen_t(MemoryLayout<timeval>.size))
        for step in steps {
            switch step {
            case .answer(let text):
                readHead(connection)
                write(connection, text)
            case .readHead:
                readHead(connection)
            case .reset:
                var linger = linger(l_onoff: 1, l_linger: 0)
                setsockopt(
                    connection, SOL_SOCKET, SO_LINGER, &linger,
                    socklen_t(MemoryLayout<Glibc.linger>.size))
            case .write(let text):
                write(connection, text)
            case .waitForEnd:
                var byte: UInt8 = 0
                while recv(connection, &byte, 1, 0) > 0 {}
            }
        }
        close(connection)
    }

    private static func readHead(_ connection: Int32) {
        var last: [UInt8] = []
        var byte: UInt8 = 0
        while recv(connection, &byte, 1, 0) == 1 {
            last = last.suffix(3) + [byte]
            if last == [13, 10, 13, 10] { return }
        }
    }

    private static func write(_ connection: Int32, _ text: String) {
        let bytes = Array(text.utf8)
        _ = Glibc.send(connection, bytes, bytes.count, Int32(MSG_NOSIGNAL))
    }
}

/// A port nobody listens on: taken, then given back.
func unusedPort() throws -> Int {
    let listening = try Listener.open(host: "127.0.0.1", port: 0, count: 1)
    for descriptor in listening.descriptors { close(descriptor) }
    return listening.port
}
