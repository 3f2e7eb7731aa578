import SimRuntime

extension SimulatorFailure {
    init(_ failure: FileFailure) {
        self.init("cannot \(failure.operation) '\(failure.path)': \(failure.reason)")
    }

    init(_ failure: KeyFailure) {
        switch failure {
        case .file(let failure): self.init(failure)
        case .unusable(let path, let error):
            self.init(
                "'\(path)' holds no usable key: \(error.reasons.joined(separator: ", "))",
                hint: "remove the file and its partner; new ones are made at the next start")
        case .crypto(let error):
            self.init("keys cannot be made: \(error)")
        }
    }

    init(_ failure: ListenFailure) {
        self.init(failure.message, hint: failure.hint)
    }
}
