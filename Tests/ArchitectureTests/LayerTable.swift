/// Who may import whom. The one place that says so; `Architecture.md` explains it.
enum LayerTable {
    /// Modules of the package that a target may import.
    static let siblings: [String: Set<String>] = [
        "COpenSSL": [],
        "CLinux": [],
        "SimCore": [],
        "SimCrypto": ["SimCore", "COpenSSL"],
        "SimHTTP": ["SimCore"],
        "SimDirectory": ["SimCore"],
        "SimErrors": ["SimCore"],
        "SimSCIM": ["SimCore"],
        "SimIdentity": ["SimCore", "SimHTTP", "SimCrypto", "SimErrors", "SimDirectory"],
        "SimProvisioning": ["SimCore", "SimHTTP", "SimSCIM", "SimDirectory"],
        "SimFaults": ["SimCore", "SimErrors"],
        "SimGraph": [
            "SimCore", "SimHTTP", "SimCrypto", "SimErrors", "SimDirectory", "SimProvisioning",
        ],
        "SimPortal": ["SimCore", "SimHTTP", "SimDirectory", "SimProvisioning", "SimFaults"],
        "SimTarget": ["SimCore", "SimHTTP", "SimSCIM", "SimCrypto"],
        "SimGate": ["SimCore", "SimHTTP", "SimSCIM"],
        "SimRuntime": ["SimCore", "SimHTTP", "SimCrypto", "SimDirectory", "CLinux"],
        "EntraSim": pure.union(["SimRuntime"]),
        "EntraSimCLI": [
            "SimCore", "SimErrors", "SimDirectory", "SimPortal", "SimProvisioning",
        ],
        "entra-sim": [
            "EntraSim", "EntraSimCLI", "SimCore", "SimCrypto", "SimHTTP", "SimRuntime",
        ],
        "sim-bench": pure.union(["EntraSim", "SimRuntime", "CLinux"]),
        "TestWire": [],
    ]

    /// What test targets share. No source may import it, and of the tests only those of targets
    /// that touch the machine.
    static let testSupport: Set<String> = ["TestWire"]

    /// Compute only: no sockets, files, threads, time or chance of their own.
    static let pure: Set<String> = [
        "SimCore", "SimCrypto", "SimHTTP", "SimDirectory", "SimErrors", "SimSCIM", "SimIdentity",
        "SimProvisioning", "SimFaults", "SimGraph", "SimPortal", "SimTarget", "SimGate",
    ]

    /// Where the machine may be touched: descriptors, threads, files.
    static let touchesMachine: Set<String> = [
        "SimRuntime", "entra-sim", "sim-bench",
    ]

    /// Where people are talked to.
    static let talks: Set<String> = ["EntraSimCLI", "entra-sim", "sim-bench"]

    /// Modules of the toolchain that a target may import.
    static func toolchain(_ target: String) -> Set<String> {
        let everywhere: Set<String> = ["Synchronization", "FoundationEssentials"]
        guard touchesMachine.contains(target) else { return everywhere }
        return everywhere.union(["Glibc", "Musl", "Dispatch"])
            .union(talks.contains(target) ? ["Foundation"] : [])
    }

    /// All modules that `target` may import; nil for a target the table does not know.
    static func allowed(_ target: String) -> Set<String>? {
        siblings[target].map { $0.union(toolchain(target)) }
    }

    /// What the tests of a target may import on top of the target's own modules.
    static func allowed(inTestsOf target: String) -> Set<String>? {
        allowed(target).map {
            $0.union([target, "Testing", "Foundation"])
                .union(touchesMachine.contains(target) ? testSupport : [])
        }
    }
}
