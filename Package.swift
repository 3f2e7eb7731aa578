// swift-tools-version: 6.2
import PackageDescription

#if canImport(Glibc)
    import Glibc

    /// Whether the loader of this system knows packed relocations: glibc does since 2.36.
    let packsRelocations = (__GLIBC__, __GLIBC_MINOR__) >= (2, 36)
#else
    let packsRelocations = false
#endif

let release = BuildSettingCondition.when(platforms: [.linux], configuration: .release)

/// In a release each function is a section of its own: the linker drops those nobody calls.
let sections = SwiftSetting.unsafeFlags(["-Xfrontend", "-function-sections"], release)
/// Targets without unsafe code of their own: an unsafe use must be spelled out or is an error.
let safe: [SwiftSetting] = [.treatAllWarnings(as: .error), .strictMemorySafety(), sections]
/// Targets that hold C pointers, and tests.
let strict: [SwiftSetting] = [.treatAllWarnings(as: .error), sections]

/// Where things stand in the program of a release: what a start runs stands together
/// (`.ci/order` writes the list), nothing is offered to be linked with, and addresses the loader
/// fills in are listed in bits. Of the program's 20 MiB, fewer pages are ever in memory.
let layout =
    [
        "-use-ld=lld", "-Xlinker", "--no-export-dynamic", "-Xlinker", "--no-warn-symbol-ordering",
        "-Xlinker",
        "--symbol-ordering-file=\(Context.packageDirectory)/Sources/entra-sim/start.order",
    ] + (packsRelocations ? ["-Xlinker", "-z", "-Xlinker", "pack-relative-relocs"] : [])

func tests(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .testTarget(name: name, dependencies: dependencies, swiftSettings: strict)
}

let package = Package(
    name: "entra-sim",
    products: [
        .executable(name: "entra-sim", targets: ["entra-sim"]),
        .library(name: "EntraSim", targets: ["EntraSim"]),
    ],
    targets: [
        // Ring 0
        .systemLibrary(name: "COpenSSL", pkgConfig: "openssl", providers: [.apt(["libssl-dev"])]),
        .systemLibrary(name: "CLinux"),
        .target(name: "SimCore", swiftSettings: safe),
        // Pure
        .target(name: "SimCrypto", dependencies: ["SimCore", "COpenSSL"], swiftSettings: strict),
        .target(name: "SimHTTP", dependencies: ["SimCore"], swiftSettings: safe),
        .target(name: "SimDirectory", dependencies: ["SimCore"], swiftSettings: safe),
        .target(name: "SimErrors", dependencies: ["SimCore"], swiftSettings: safe),
        .target(
            name: "SimFaults", dependencies: ["SimCore", "SimErrors"], swiftSettings: safe),
        .target(name: "SimSCIM", dependencies: ["SimCore"], swiftSettings: safe),
        .target(
            name: "SimIdentity",
            dependencies: ["SimCore", "SimHTTP", "SimCrypto", "SimErrors", "SimDirectory"],
            swiftSettings: safe),
        .target(
            name: "SimProvisioning",
            dependencies: ["SimCore", "SimHTTP", "SimSCIM", "SimDirectory"], swiftSettings: safe),
        .target(
            name: "SimTarget", dependencies: ["SimCore", "SimHTTP", "SimSCIM", "SimCrypto"],
            swiftSettings: safe),
        .target(
            name: "SimPortal",
            dependencies: ["SimCore", "SimHTTP", "SimDirectory", "SimProvisioning", "SimFaults"],
            swiftSettings: safe),
        // Effects
        .target(
            name: "SimRuntime",
            dependencies: ["SimCore", "SimHTTP", "SimCrypto", "SimDirectory", "CLinux"],
            swiftSettings: strict),
        // Top
        .target(
            name: "EntraSim",
            dependencies: [
                "SimCore", "SimCrypto", "SimHTTP", "SimDirectory", "SimErrors", "SimSCIM",
                "SimFaults", "SimIdentity", "SimProvisioning", "SimTarget", "SimPortal",
                "SimRuntime",
            ],
            swiftSettings: strict),
        .target(
            name: "EntraSimCLI",
            dependencies: [
                "SimCore", "SimErrors", "SimDirectory", "SimPortal", "SimProvisioning",
            ],
            swiftSettings: safe),
        .executableTarget(
            name: "entra-sim",
            dependencies: [
                "EntraSim", "EntraSimCLI", "SimCore", "SimCrypto", "SimHTTP", "SimRuntime",
            ],
            exclude: ["start.order"], swiftSettings: strict,
            linkerSettings: [.unsafeFlags(layout, release)]),
        // Side
        .executableTarget(
            name: "sim-bench",
            dependencies: ["SimCore", "SimCrypto", "SimHTTP", "SimProvisioning", "SimRuntime"],
            swiftSettings: strict),
        // Tests
        .target(name: "TestWire", path: "Tests/TestWire", swiftSettings: strict),
        .testTarget(
            name: "EmbeddingTests", dependencies: ["EntraSim"], packageAccess: false,
            swiftSettings: strict),
        tests(
            "ScenarioTests", ["EntraSim", "SimCore", "SimCrypto", "SimHTTP", "SimRuntime"]),
        tests("ArchitectureTests", []),
        tests("SimCoreTests", ["SimCore"]),
        tests("SimHTTPTests", ["SimCore", "SimHTTP"]),
        tests(
            "SimRuntimeTests",
            ["SimCore", "SimCrypto", "SimHTTP", "SimRuntime", "CLinux", "TestWire"]),
        tests(
            "SimPortalTests",
            [
                "SimPortal", "SimCore", "SimHTTP", "SimDirectory", "SimFaults", "SimProvisioning",
            ]),
        tests(
            "EntraSimTests",
            [
                "EntraSim", "SimCore", "SimCrypto", "SimDirectory", "SimHTTP", "SimPortal",
                "SimProvisioning",
            ]),
        tests(
            "EngineTests",
            [
                "EntraSim", "SimCore", "SimCrypto", "SimDirectory", "SimFaults", "SimHTTP",
                "SimPortal", "SimProvisioning", "SimRuntime",
            ]),
        tests(
            "CLITests", ["EntraSimCLI", "SimCore", "SimPortal", "SimHTTP", "SimProvisioning"]),
        tests(
            "FaultTests",
            [
                "EntraSim", "SimCore", "SimCrypto", "SimErrors", "SimFaults", "SimHTTP",
                "SimPortal", "SimProvisioning", "SimRuntime", "SimTarget", "TestWire",
            ]),
        tests(
            "SimulationTests",
            ["SimCore", "SimHTTP", "SimDirectory", "SimProvisioning", "SimTarget"]),
        tests("SimFaultsTests", ["SimFaults", "SimErrors", "SimCore"]),
        tests("SimErrorsTests", ["SimErrors", "SimCore"]),
        tests(
            "SimIdentityTests",
            ["SimCore", "SimHTTP", "SimCrypto", "SimErrors", "SimDirectory", "SimIdentity"]),
        tests("SimCryptoTests", ["SimCore", "SimCrypto"]),
        tests("SimSCIMTests", ["SimCore", "SimSCIM"]),
        tests("SimDirectoryTests", ["SimDirectory", "SimCore"]),
        tests("SimJournalTests", ["SimRuntime", "SimDirectory", "SimCore"]),
        tests("SimTargetTests", ["SimCore", "SimHTTP", "SimSCIM", "SimCrypto", "SimTarget"]),
        tests(
            "SimProvisioningTests", ["SimCore", "SimHTTP", "SimDirectory", "SimProvisioning"]),
    ]
)
