import SimCore
import SimDirectory
import SimFaults
import SimRuntime

/// Where a tenant's fixture comes from: a folder, or the binary itself.
enum FixtureSource: Sendable {
    case folder(TenantFolder)
    case builtIn(BuiltInTenant)

    /// A file beside `tenant.json`: a sample app or a drill.
    struct TargetFile: Sendable {
        /// Without `.json`: of a sample app the path segment under `/apps/`.
        let name: String
        let path: String
        let bytes: [UInt8]
    }

    /// Every tenant of a folder by name, or the built-in one.
    static func all(in folder: String?) throws(SimulatorFailure) -> [FixtureSource] {
        guard let folder else { return [.builtIn(.contoso)] }
        let folders: [TenantFolder]
        do throws(JournalFailure) {
            folders = try TenantFolder.all(in: folder)
        } catch {
            throw SimulatorFailure(
                "cannot read tenants: \(error)", hint: "name their folder with --tenants")
        }
        guard !folders.isEmpty else {
            throw SimulatorFailure(
                "there is no tenant in '\(folder)'",
                hint: "a tenant is a folder with a tenant.json; 'tenant generate' writes one")
        }
        return folders.map { .folder($0) }
    }

    var name: String {
        switch self {
        case .folder(let folder): folder.name
        case .builtIn(let tenant): tenant.name
        }
    }

    /// The decoded fixture; every mistake in it is named in the failure.
    func fixture() throws(SimulatorFailure) -> TenantFixture { try content().fixture }

    /// The decoded fixture and what else its file says.
    func content() throws(SimulatorFailure) -> (fixture: TenantFixture, extras: FixtureExtras) {
        let check = decoded()
        let extras = FixtureExtras(check.parts)
        let judged = check.adding(extras.problems)
        guard let fixture = judged.fixture, judged.isSound else {
            let shown = judged.problems.prefix(10).map(\.text).joined(separator: "\n  ")
            let count = judged.problems.count
            let more = count > 10 ? "\n  … \(count - 10) more" : ""
            throw SimulatorFailure(
                "the fixture of tenant '\(name)' has mistakes:\n  \(shown)\(more)",
                hint: "'entra-sim tenant check' lists them all")
        }
        return (fixture, extras)
    }

    /// Looks at the fixture, and at what is not the directory's in it.
    func check() -> FixtureCheck {
        let check = decoded()
        return check.adding(FixtureExtras(check.parts).problems)
    }

    private func decoded() -> FixtureCheck {
        switch self {
        case .folder(let folder): return folder.check()
        case .builtIn(let tenant):
            var decoder = TenantFixtureDecoder(name: tenant.name)
            decoder.readTenant(Array(tenant.fixture.utf8), file: "\(tenant.name)/tenant.json")
            return decoder.finish()
        }
    }

    /// Changes when the fixture does.
    func digest() throws(SimulatorFailure) -> String {
        switch self {
        case .folder(let folder):
            do throws(JournalFailure) {
                return try folder.digest()
            } catch {
                throw SimulatorFailure("cannot read a fixture: \(error)")
            }
        case .builtIn(let tenant): return "built-in-\(SimCore.version)-\(tenant.name)"
        }
    }

    /// The sample apps that come with the tenant: `targets/*.json`, by name.
    func targetFiles() throws(SimulatorFailure) -> [TargetFile] {
        switch self {
        case .folder(let folder): return try Self.files(in: folder, "targets")
        case .builtIn(let tenant): return tenant.targets.map { $0.file(of: tenant, "targets") }
        }
    }

    /// The drills that come with the tenant: `drills/*.json`, by name.
    func drillFiles() throws(SimulatorFailure) -> [TargetFile] {
        switch self {
        case .folder(let folder): return try Self.files(in: folder, "drills")
        case .builtIn(let tenant): return tenant.drills.map { $0.file(of: tenant, "drills") }
        }
    }

    private static func files(
        in folder: TenantFolder, _ part: String
    ) throws(SimulatorFailure) -> [TargetFile] {
        let path = "\(folder.path)/\(part)"
        guard FileAccess.exists(path) else { return [] }
        do throws(FileFailure) {
            var files: [TargetFile] = []
            for name in try FileAccess.names(in: path).sorted() where name.hasSuffix(".json") {
                files.append(
                    TargetFile(
                        name: String(name.dropLast(5)), path: "\(path)/\(name)",
                        bytes: try FileAccess.read("\(path)/\(name)")))
            }
            return files
        } catch {
            throw SimulatorFailure(error)
        }
    }
}

extension BuiltInTenant.Target {
    fileprivate func file(of tenant: BuiltInTenant, _ part: String) -> FixtureSource.TargetFile {
        FixtureSource.TargetFile(
            name: name, path: "\(tenant.name)/\(part)/\(name).json", bytes: Array(fixture.utf8))
    }
}
