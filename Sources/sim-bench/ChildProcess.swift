import Foundation
import Glibc

/// A program started by a benchmark, ended with it.
final class ChildProcess {
    let pid: pid_t

    /// - Parameter log: where its output goes.
    init(_ arguments: [String], log: String) throws {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 1, log, O_WRONLY | O_CREAT | O_APPEND, 0o644)
        posix_spawn_file_actions_adddup2(&actions, 1, 2)
        var words: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) }
        words.append(nil)
        defer { words.forEach { free($0) } }
        var child = pid_t()
        let status = posix_spawnp(&child, arguments[0], &actions, nil, words, environ)
        guard status == 0 else { throw BenchFailure("cannot start \(arguments[0]): \(status)") }
        pid = child
    }

    deinit { stop() }

    var hasEnded: Bool {
        var status = Int32()
        return waitpid(pid, &status, WNOHANG) != 0
    }

    func stop() {
        guard kill(pid, SIGTERM) == 0 else { return }
        var status = Int32()
        for _ in 0..<500 where waitpid(pid, &status, WNOHANG) == 0 {
            Measures.pause(milliseconds: 10)
        }
        kill(pid, SIGKILL)
        waitpid(pid, &status, WNOHANG)
    }

    /// Waits for a program that ends by itself; its exit status.
    func wait() -> Int32 {
        var status = Int32()
        waitpid(pid, &status, 0)
        return (status >> 8) & 0xFF
    }

    /// Processor time used so far, the kernel's on its behalf included.
    func processorNanoseconds() throws -> Int64 {
        var clock = clockid_t()
        guard clock_getcpuclockid(pid, &clock) == 0 else {
            throw BenchFailure("no processor clock of \(pid)")
        }
        return Measures.time(of: clock)
    }

    /// Resident memory now, in bytes.
    func residentBytes() throws -> Int64 { try memory("VmRSS:") }

    /// Resident memory of its own, without pages of files.
    func privateBytes() throws -> Int64 { try memory("RssAnon:") }

    private func memory(_ name: String) throws -> Int64 {
        let text = try String(contentsOfFile: "/proc/\(pid)/status", encoding: .utf8)
        let line = text.split(separator: "\n").first { $0.hasPrefix(name) }
        let number = line?.split(whereSeparator: \.isWhitespace).compactMap { Int64($0) }.first
        guard let number else { throw BenchFailure("no \(name) of \(pid)") }
        return number * 1_024
    }
}

struct BenchFailure: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) {
        self.description = description
    }
}
