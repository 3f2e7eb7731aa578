import SimCore
import SimFaults
import SimRuntime

/// The drills of tenants: `drills/*.json` in a tenant's folder, or those in the binary.
struct DrillFiles: Sendable {
    /// A drill and the tenant it is played on.
    struct Entry: Sendable {
        let drill: Drill
        let tenant: String
    }

    /// Largest file read, in bytes.
    static let fileByteLimit = 1 << 20

    let tenantsFolder: String?
    /// By name.
    let entries: [Entry]

    /// - Parameter tenantsFolder: nil for the tenant that is built in.
    init(tenantsFolder: String?) throws(SimulatorFailure) {
        self.tenantsFolder = tenantsFolder
        var entries: [Entry] = []
        for source in try FixtureSource.all(in: tenantsFolder) {
            for file in try source.drillFiles() {
                entries.append(Entry(drill: try Self.drill(file), tenant: source.name))
            }
        }
        self.entries = entries.sorted { ($0.drill.name, $0.tenant) < ($1.drill.name, $1.tenant) }
    }

    /// One file alone, played on the tenant whose folder it lies in, or else on the first one.
    init(file path: String, tenantsFolder: String?) throws(SimulatorFailure) {
        self.tenantsFolder = tenantsFolder
        let bytes: [UInt8]
        do throws(FileFailure) {
            bytes = try FileAccess.read(path)
        } catch {
            throw SimulatorFailure(
                error, hint: "name a drill's file, or see 'entra-sim drill list'")
        }
        let drill = try Self.drill(FixtureSource.TargetFile(name: "", path: path, bytes: bytes))
        let parts = path.split(separator: "/").dropLast().map { String($0) }
        let tenants = try FixtureSource.all(in: tenantsFolder).map(\.name)
        let home = parts.dropLast().last.flatMap { tenants.contains($0) ? $0 : nil }
        entries = [Entry(drill: drill, tenant: home ?? tenants[0])]
    }

    func entry(_ name: String) throws(SimulatorFailure) -> Entry {
        guard let entry = entries.first(where: { $0.drill.name == name }) else {
            let near = NearestName.of(name, in: entries.map(\.drill.name))
            throw SimulatorFailure(
                "there is no drill '\(name)'",
                hint: near.map { "did you mean '\($0)'?" } ?? "'entra-sim drill list' names them")
        }
        return entry
    }

    private static func drill(_ file: FixtureSource.TargetFile) throws(SimulatorFailure) -> Drill {
        guard file.bytes.count <= fileByteLimit else {
            throw SimulatorFailure("\(file.path): larger than \(fileByteLimit) bytes")
        }
        do throws(DrillProblem) {
            return try Drill(file.bytes, file: file.path)
        } catch {
            throw SimulatorFailure(error.text, hint: error.hint)
        }
    }
}
