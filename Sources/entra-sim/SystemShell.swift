import EntraSimCLI
import Glibc
import Synchronization

/// The real process: its environment, streams, files and programs.
struct SystemShell: Shell {
    /// The variables any command looks at.
    private static let variables = [
        "ENTRA_SIM_URL", "ENTRA_SIM_TOKEN", "ENTRA_SIM_CA", "ENTRA_SIM_TENANT", "HOME",
    ]

    var environment: [String: String] {
        var found: [String: String] = [:]
        for name in Self.variables {
            if let value = getenv(name), value.pointee != 0 { found[name] = String(cString: value) }
        }
        return found
    }

    private static let isClosed = Mutex(false)

    var isRead: Bool { Self.isClosed.withLock { !$0 } }

    func write(_ text: String) {
        if !Self.put(Array(text.utf8), STDOUT_FILENO) { Self.isClosed.withLock { $0 = true } }
    }

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
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, STDERR_FILENO, STDOUT_FILENO)
        var words: [UnsafeMutablePointer<CChar>?] = ([program] + arguments).map { strdup($0) }
        words.append(nil)
        defer { for word in words { free(word) } }
        var child = pid_t()
        let code = posix_spawnp(&child, program, &actions, nil, words, environ)
        guard code == 0 else {
            throw ShellFailure(path: program, reason: String(cString: strerror(code)))
        }
        var status: Int32 = 0
        while waitpid(child, &status, 0) < 0, errno == EINTR {}
        return status & 0x7F == 0 ? status >> 8 & 0xFF : 128 + status & 0x7F
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
