import SimRuntime

extension SimulatorFailure {
    init(_ failure: FileFailure, hint: String? = nil) {
        self.init("cannot \(failure.operation) '\(failure.path)': \(failure.reason)", hint: hint)
    }

    init(_ failure: KeyFailure) {
        switch failure {
        case .file(let failure):
            self.init(failure, hint: "choose a folder you may write to with --keys")
        case .unusable(let path, let error):
            self.init(
                "'\(path)' holds no usable key: \(error.reasons.joined(separator: ", "))",
                hint: "remove the file and its partner; new ones are made at the next start")
        case .crypto(let error):
            self.init("keys cannot be made: \(error)")
        }
    }

    init(_ failure: ListenFailure) {
        switch failure {
        case .portInUse(let port):
            self.init(
                "port \(port) is in use",
                hint: "choose another with --port, or --port 0 for any free one")
        case .notPermitted(let port):
            self.init(
                "port \(port) needs a privilege this process does not have",
                hint: "choose a port above 1023")
        case .unknownAddress(let address):
            self.init(
                "'\(address)' is no address of this machine", hint: "use --host 127.0.0.1")
        case .system(let failure):
            self.init("cannot listen: \(failure)")
        }
    }
}
