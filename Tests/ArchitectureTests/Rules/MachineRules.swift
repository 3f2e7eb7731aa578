extension SourceRule {
    static let machineRules = [machine, surroundingsOfProcess, time, chance, waiting]

    /// The only files that read the machine's clocks.
    static let clockFiles: Set = ["Sources/SimRuntime/SystemClock.swift"]
    /// The only files that draw from the machine's randomness.
    static let randomFiles: Set = ["Sources/SimRuntime/SystemRandom.swift"]

    static let machine = SourceRule(
        "threads and files are used only in the outer ring",
        flags: [
            "Sources/SimDirectory/A.swift": "let files = FileManager.default",
            "Sources/EntraSim/A.swift": "Thread { work() }.start()",
            "Sources/SimHTTP/A.swift": "DispatchQueue.main.async { }",
            "Sources/SimIdentity/A.swift": "let name = ProcessInfo.processInfo.hostName",
            "Sources/SimGraph/A.swift": "try Data(contentsOf: url)",
        ],
        accepts: [
            "Sources/SimRuntime/A.swift": "let files = FileManager.default",
            "Sources/SimCore/A.swift": "// FileManager\nlet thread = \"Thread\"",
            "Sources/SimCore/B.swift": "bytes.append(contentsOf: text.utf8)",
            "Tests/ScenarioTests/A.swift": "FileManager.default.temporaryDirectory",
        ]
    ) { file, _ in
        guard file.isSource, let target = file.target,
            !LayerTable.touchesMachine.contains(target)
        else { return [] }
        let words = file.words([
            "Thread", "FileManager", "ProcessInfo", "FileHandle", "Process", "DispatchQueue",
            "DispatchSource", "DispatchSemaphore", "DispatchGroup", "DispatchTime",
            "OperationQueue", "URLSession",
        ])
        let reads = ["Data", "String"].flatMap { type in
            ["contentsOf", "contentsOfFile"].flatMap { file.places(of: type, "(", $0, ":") }
        }
        return (words + reads).map {
            file.finding(file.tokens[$0], "\(file.tokens[$0].text) in \(target)")
        }
    }

    static let surroundingsOfProcess = SourceRule(
        "the environment and the arguments are read only by the command line",
        flags: [
            "Sources/SimRuntime/A.swift": "let home = getenv(\"HOME\")",
            "Sources/EntraSim/A.swift": "let all = CommandLine.arguments",
            "Sources/SimRuntime/B.swift": "ProcessInfo.processInfo.environment[\"X\"]",
        ],
        accepts: ["Sources/entra-sim/A.swift": "let all = CommandLine.arguments"]
    ) { file, _ in
        guard file.isSource, let target = file.target, !LayerTable.talks.contains(target) else {
            return []
        }
        let environment = file.places(of: "processInfo", ".", "environment")
        return (file.words(["getenv", "CommandLine", "currentDirectoryPath"]) + environment)
            .map { file.finding(file.tokens[$0], "\(file.tokens[$0].text) in \(target)") }
    }

    static let time = SourceRule(
        "the machine's clocks are read only in the system clock's file",
        flags: [
            "Sources/SimIdentity/A.swift": "let issued = Date()",
            "Sources/SimIdentity/B.swift": "let issued = Date(timeIntervalSinceNow: 60)",
            "Sources/SimIdentity/C.swift": "let issued: Date = Date.now",
            "Sources/SimRuntime/A.swift": "let clock = ContinuousClock()",
            "Sources/EntraSim/A.swift": "let start = SuspendingClock.now",
            "Sources/SimRuntime/B.swift": "clock_gettime(CLOCK_REALTIME, &spec)",
            "Sources/SimRuntime/C.swift": "let seconds = time(nil)",
            "Tests/SimCoreTests/A.swift": "let issued = Date()",
        ],
        accepts: [
            "Sources/SimRuntime/SystemClock.swift": "clock_gettime(CLOCK_REALTIME, &spec)",
            "Sources/SimIdentity/A.swift": "let issued = clock.now // not Date()",
            "Sources/SimIdentity/B.swift": "let text = \"Date()\"",
            "Sources/sim-bench/A.swift": "let clock = ContinuousClock()",
            "Tests/SimRuntimeTests/A.swift": "let deadline = ContinuousClock.now",
        ]
    ) { file, _ in
        guard !clockFiles.contains(file.path), file.target != "sim-bench" else { return [] }
        let clocks = [
            "ContinuousClock", "SuspendingClock", "clock_gettime", "gettimeofday",
            "CFAbsoluteTimeGetCurrent", "DispatchWallTime", "sim_monotonic_ns",
        ]
        let places =
            (file.isSource ? file.words(clocks) : [])
            + file.places(of: "Date", "(", ")") + file.places(of: "Date", ".", "now")
            + file.places(of: "Date", "(", "timeIntervalSinceNow")
            + file.places(of: "time", "(", "nil", ")")
        return places.map { file.finding(file.tokens[$0], "reads a machine clock") }
    }

    static let chance = SourceRule(
        "the machine's randomness is used only in the system randomness file",
        flags: [
            "Sources/SimIdentity/A.swift": "let id = UUID()",
            "Sources/SimCore/A.swift": "let n = Int.random(in: 0..<6)",
            "Sources/SimProvisioning/A.swift": "users.shuffled()",
            "Sources/SimFaults/A.swift": "var g = SystemRandomNumberGenerator()",
            "Tests/SimulationTests/A.swift": "let n = Int.random(in: 0..<6)",
        ],
        accepts: [
            "Sources/SimRuntime/SystemRandom.swift": "var g = SystemRandomNumberGenerator()",
            "Sources/SimCore/A.swift": "users.shuffled(using: &generator)",
            "Sources/SimCore/B.swift": "struct Draw { let random: SeededRandom }",
            "Tests/SimulationTests/A.swift": "let folder = UUID().uuidString",
        ]
    ) { file, _ in
        guard !randomFiles.contains(file.path) else { return [] }
        let drawn = ["random", "shuffled", "shuffle", "randomElement"].flatMap { verb in
            file.places(of: ".", verb, "(").filter { !file.hasGenerator(inCallAt: $0 + 2) }
        }
        let machine =
            file.words(["SystemRandomNumberGenerator", "arc4random", "getrandom"])
            + (file.isSource ? file.places(of: "UUID", "(", ")") : [])
        return (drawn + machine).map {
            file.finding(file.tokens[$0], "draws from the machine's randomness")
        }
    }

    static let waiting = SourceRule(
        "nothing sleeps",
        flags: [
            "Sources/SimRuntime/A.swift": "try await Task.sleep(for: .seconds(1))",
            "Tests/ScenarioTests/A.swift": "usleep(100)",
            "Tests/ScenarioTests/B.swift": "Thread.sleep(forTimeInterval: 1)",
        ],
        accepts: ["Sources/SimCore/A.swift": "// Task.sleep\nlet sleep = 1"]
    ) { file, _ in
        (file.places(of: ".", "sleep", "(") + file.places(of: "sleep", "(")
            + file.places(of: "usleep", "(") + file.places(of: "nanosleep", "("))
            .map { file.finding(file.tokens[$0], "sleeps instead of waiting for an event") }
    }
}

extension SourceFile {
    /// The call whose parenthesis opens at `open` says which generator to use.
    func hasGenerator(inCallAt open: Int) -> Bool {
        tokens[open...closing(open)].contains { $0.isWord("using") }
    }
}
