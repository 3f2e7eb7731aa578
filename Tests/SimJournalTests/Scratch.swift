import Foundation
import SimCore
import SimDirectory
import SimRuntime

/// A folder of its own for one test, gone afterwards.
final class Scratch {
    let path: String

    init() throws {
        var template = (NSTemporaryDirectory() + "sim-journal-XXXXXX").utf8CString.map { $0 }
        guard mkdtemp(&template) != nil else {
            throw JournalFailure(path: NSTemporaryDirectory(), reason: "no temporary folder")
        }
        path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    deinit {
        // A leftover folder in the temporary directory harms nobody.
        try? FileManager.default.removeItem(atPath: path)
    }

    func read(_ name: String) throws -> [UInt8] {
        try Array(Data(contentsOf: URL(fileURLWithPath: path + "/" + name)))
    }

    func write(_ name: String, _ bytes: [UInt8]) throws {
        try Data(bytes).write(to: URL(fileURLWithPath: path + "/" + name))
    }

    func makeFolder(_ name: String) throws {
        try FileManager.default.createDirectory(
            atPath: path + "/" + name, withIntermediateDirectories: true)
    }

    func remove(_ name: String) throws {
        try FileManager.default.removeItem(atPath: path + "/" + name)
    }

    func names(_ folder: String = "") throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: path + "/" + folder).sorted()
    }

    func mode(_ name: String) throws -> Int {
        let attributes = try FileManager.default.attributesOfItem(atPath: path + "/" + name)
        return (attributes[.posixPermissions] as? Int) ?? 0
    }
}

/// A tenant that is stored in `scratch`/data, opened as the simulator does it.
struct Stored {
    static let start = Timestamp(seconds: 1_767_600_000)
    static let profile = TenantProfile(
        id: TenantID(GUID(seed: 3, name: "tenant")), name: "sample", displayName: "Sample",
        domains: ["sample.example"], pairwiseSalt: [7])

    let tenant: Tenant
    let journal: JournalFile
    /// Provisioning records found on disk.
    let replayed: [LogRecord]

    static func user(_ name: String) -> User {
        User(
            id: UserID(GUID(seed: 3, name: name)), userPrincipalName: "\(name)@sample.example",
            displayName: name, createdAt: start)
    }

    /// Opens the log, or begins one with nothing but the tenant.
    init(
        _ scratch: Scratch, digest: String = "digest",
        durability: JournalFile.Durability = .process
    ) throws {
        let found = Found()
        let opening = try JournalOpening.open(
            folder: scratch.path + "/data", tenant: "sample", fixtureDigest: digest,
            durability: durability
        ) { found.records.append($0) }
        replayed = found.records
        if let snapshot = opening.snapshot, let resumed = opening.resume() {
            journal = resumed
            tenant = Tenant(snapshot: snapshot, journal: resumed)
        } else {
            throw JournalFailure(path: scratch.path, reason: "nothing to resume")
        }
    }

    /// Begins a log and lets it go.
    static func begin(_ scratch: Scratch, digest: String = "digest") throws {
        let opening = try JournalOpening.open(
            folder: scratch.path + "/data", tenant: "sample", fixtureDigest: digest
        ) { _ in }
        _ = try opening.begin([
            LogRecord(sequence: 1, at: start, event: .tenantCreated(profile))
        ])
    }

    private final class Found {
        var records: [LogRecord] = []
    }
}
