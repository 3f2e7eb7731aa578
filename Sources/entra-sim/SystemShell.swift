import EntraSimCLI
import Foundation
import Glibc

/// The real process: its environment, streams, files and programs.
struct SystemShell: Shell {
    var environment: [String: String] { ProcessInfo.processInfo.environment }

    func write(_ text: String) { Self.put(text, STDOUT_FILENO) }

    func tell(_ text: String) { Self.put(text, STDERR_FILENO) }

    func read(_ path: String) throws(ShellFailure) -> [UInt8] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw ShellFailure(path) }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = Glibc.read(descriptor, &chunk, chunk.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw ShellFailure(path) }
            if count == 0 { return bytes }
            bytes += chunk.prefix(count)
        }
    }

    /// Writes beside the file and renames, so that a failure leaves the old file as it was.
    func save(_ bytes: [UInt8], to path: String) throws(ShellFailure) {
        let temporary = "\(path).\(getpid()).new"
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw ShellFailure(path) }
        let isWritten = Self.put(bytes, descriptor)
        let failure = ShellFailure(path)
        guard close(descriptor) == 0, isWritten, rename(temporary, path) == 0 else {
            unlink(temporary)
            throw isWritten ? ShellFailure(path) : failure
        }
    }

    func remove(_ path: String) throws(ShellFailure) {
        guard unlink(path) == 0 else { throw ShellFailure(path) }
    }

    func run(_ program: String, _ arguments: [String]) throws(ShellFailure) -> Int32 {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [program] + arguments
        process.standardOutput = FileHandle.standardError
        do {
            try process.run()
        } catch {
            throw ShellFailure(path: program, reason: error.localizedDescription)
        }
        process.waitUntilExit()
        return process.terminationStatus
    }

    private static func put(_ text: String, _ descriptor: Int32) {
        put(Array(text.utf8), descriptor)
    }

    /// - Returns: whether every byte was taken; a closed pipe takes none.
    @discardableResult
    private static func put(_ bytes: [UInt8], _ descriptor: Int32) -> Bool {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return false }
            rest = rest.dropFirst(count)
        }
        return true
    }
}

extension ShellFailure {
    /// What the system says about the call that has just failed on `path`.
    fileprivate init(_ path: String) {
        let code = errno
        self.init(path: path, reason: String(cString: strerror(code)), isMissing: code == ENOENT)
    }
}
