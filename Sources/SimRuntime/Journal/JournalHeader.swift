import SimCore
import SimDirectory

/// The first line of a log or snapshot file.
struct JournalHeader: Hashable {
    enum Kind: String {
        case log = "entra-sim-log"
        case snapshot = "entra-sim-snapshot"
    }

    let kind: Kind
    /// Folder name of the tenant.
    let tenant: String
    /// Digest of the fixture the log began with.
    let fixture: String
    /// Log: records follow this sequence number. Snapshot: the state as of it.
    let sequence: UInt64
    /// Snapshot: no change before this one is known.
    var changesAfter: UInt64 = 0

    var line: [UInt8] {
        let object: JSONObject = [
            "format": .string(kind.rawValue), "version": .int(Int64(EventCodec.version)),
            "tenant": .string(tenant), "fixture": .string(fixture),
            "sequence": .int(Int64(clamping: sequence)),
            "changesAfter": .int(Int64(clamping: changesAfter)),
        ]
        return object.serialized + [10]
    }

    init(
        kind: Kind, tenant: String, fixture: String, sequence: UInt64, changesAfter: UInt64 = 0
    ) {
        self.kind = kind
        self.tenant = tenant
        self.fixture = fixture
        self.sequence = sequence
        self.changesAfter = changesAfter
    }

    /// Reads the first line of `file`.
    init(_ line: LineReader.Line?, of kind: Kind, file: String) throws(JournalError) {
        func damaged(_ reason: String) -> JournalError {
            .damaged(file: file, line: 1, offset: 0, reason: reason)
        }
        guard let line, line.isComplete else { throw damaged("no header") }
        let value: JSONValue
        do throws(JSONError) {
            value = try JSONValue(parsing: line.bytes)
        } catch {
            throw damaged("the header is not JSON: \(error.explanation)")
        }
        guard value["format"]?.stringValue == kind.rawValue else {
            throw damaged("not a file of format \(kind.rawValue)")
        }
        guard let version = value["version"]?.intValue,
            let tenant = value["tenant"]?.stringValue,
            let fixture = value["fixture"]?.stringValue,
            let sequence = value["sequence"]?.intValue, sequence >= 0
        else { throw damaged("the header is incomplete") }
        guard version <= EventCodec.version else {
            throw .newerVersion(file: file, version: version)
        }
        self.init(
            kind: kind, tenant: tenant, fixture: fixture, sequence: UInt64(sequence),
            changesAfter: UInt64(clamping: value["changesAfter"]?.intValue ?? 0))
    }
}
