import SimCore
import SimDirectory
import SimHTTP
import Testing

@testable import SimProvisioning

/// What has to happen before an operation's requests leave, and which of them are its own.
struct Recording: Sendable {
    /// Which requests of the last cycle a transcript shows.
    enum Extract: Sendable {
        /// The two queries of the probe, with nothing to do after them.
        case probe
        /// Everything after the probe.
        case work
        /// The whole cycle.
        case cycle
        /// What is looked for after the probe, without what is done about it.
        case queries
        /// What is written, without the reads before it.
        case writes
    }

    let title: String
    /// Where the truth comes from: chapter of the reference, with its evidence tag.
    let source: String
    var extract = Extract.work
    /// Settings of the service that the operation is about.
    var settings: @Sendable (inout ProvisioningSettings) -> Void = { _ in }
    /// Mappings and scope of the job.
    var configure: @Sendable (inout ProvisioningConfiguration) -> Void = { _ in }
    /// The directory when the job starts.
    var people: @Sendable (inout TestDirectory) -> Void = Recording.company
    /// What the target already has.
    var target: @Sendable (inout TinyTarget) -> Void = { _ in }
    /// What happens after the first cycle, cycle by cycle; empty shows the first cycle itself.
    var events: [@Sendable (inout Bench) -> Void] = []

    /// Ada and Bob, both assigned, and the assigned group Builders with Bob in it.
    static let company: @Sendable (inout TestDirectory) -> Void = { directory in
        directory.addUser("ada", ["employeeId": "7", "department": "Yard"])
        directory.addUser("bob")
        directory.addGroup("Builders", members: ["bob"])
    }

    /// Nobody is there yet.
    static let nobody: @Sendable (inout TestDirectory) -> Void = { _ in }

    /// The requests, one after the other, as they leave; line ends are LF and nothing else is
    /// changed.
    func transcript(_ tenantURL: String) throws -> String {
        var directory = TestDirectory(tenantURL: tenantURL, configure: configure)
        people(&directory)
        var bench = Bench(directory)
        bench.settings.parallelism = 1
        settings(&bench.settings)
        target(&bench.target)
        try bench.cycle()
        for event in events {
            event(&bench)
            try bench.cycle()
        }
        let hasGroups = bench.directory.servicePrincipal.provisioning?.provisionsGroups ?? true
        let probes = hasGroups ? 2 : 1
        let calls = bench.target.calls
        let shown: [HTTPRequest] =
            switch extract {
            case .probe: Array(calls.prefix(probes))
            case .work: Array(calls.dropFirst(probes))
            case .cycle: calls
            case .queries: calls.dropFirst(probes).filter { $0.method == .get }
            case .writes: calls.dropFirst(probes).filter { $0.method != .get }
            }
        return try shown.map { request in
            let bytes = try HTTPSerializer.bytes(of: request, host: "target.example")
            return String(decoding: bytes.filter { $0 != 0x0d }, as: UTF8.self)
        }.map { $0.hasSuffix("\n\n") ? String($0.dropLast()) : $0 + "\n" }.joined(separator: "\n")
    }
}

/// The tenant URLs that choose how requests are written.
enum TranscriptDialect: String, CaseIterable, Sendable, CustomTestStringConvertible {
    case standard = "https://target.example/scim"
    case compliant = "https://target.example/scim?aadOptscim062020"

    var testDescription: String { rawValue }
}
