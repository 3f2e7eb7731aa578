import SimCore
import SimDirectory
import SimFaults
import SimRuntime
import SimTarget

/// Looks at fixtures and writes generated ones, without starting anything.
package enum Fixtures {
    /// A mistake, with its place.
    package struct Mistake: Hashable, Sendable {
        package let file: String
        package let line: Int
        package let key: String
        package let message: String
        package let hint: String?
    }

    /// What was found out about one tenant's folder.
    package struct Report: Hashable, Sendable {
        package let name: String
        package let users: Int
        package let groups: Int
        package let apps: Int
        package let mistakes: [Mistake]

        package var isSound: Bool { mistakes.isEmpty }
    }

    /// `tenants` where there is such a folder; nil means the built-in tenant.
    package static var defaultFolder: String? {
        FileAccess.exists("tenants") ? "tenants" : nil
    }

    /// - Parameter path: a folder of tenants, one tenant's folder, or its `tenant.json`.
    package static func check(_ path: String) throws(SimulatorFailure) -> [Report] {
        var folder = path
        if folder.hasSuffix("/tenant.json") { folder.removeLast("/tenant.json".count) }
        if folder.hasSuffix("/") { folder.removeLast() }
        let sources: [FixtureSource] =
            FileAccess.exists(folder + "/tenant.json")
            ? [.folder(TenantFolder(path: folder))] : try FixtureSource.all(in: folder)
        var reports: [Report] = []
        for source in sources {
            let check = source.check()
            var mistakes = check.problems.map {
                Mistake(
                    file: $0.file, line: $0.line, key: $0.keyPath, message: $0.message,
                    hint: $0.hint)
            }
            for file in try source.targetFiles() {
                do throws(SampleAppProblem) {
                    _ = try SampleAppConfiguration(
                        name: file.name, file: file.path, bytes: file.bytes
                    ).defectSwitches()
                } catch {
                    mistakes.append(
                        Mistake(
                            file: error.file, line: error.line, key: error.path,
                            message: error.reason, hint: error.hint))
                }
            }
            for file in try source.drillFiles() {
                do throws(DrillProblem) {
                    _ = try Drill(file.bytes, file: file.path)
                } catch {
                    mistakes.append(
                        Mistake(
                            file: error.file, line: error.line, key: error.key,
                            message: error.message, hint: error.hint))
                }
            }
            reports.append(
                Report(
                    name: check.name, users: check.counts.users, groups: check.counts.groups,
                    apps: check.counts.applications, mistakes: mistakes))
        }
        return reports
    }
}

extension Fixtures {
    /// Writes a generated tenant as a folder below `folder`.
    ///
    /// - Returns: the path of its `tenant.json`.
    package static func generate(
        name: String, users: Int, groups: Int, seed: UInt64, folder: String
    ) throws(SimulatorFailure) -> String {
        let path = "\(folder)/\(name)"
        guard !FileAccess.exists(path + "/tenant.json") else {
            throw SimulatorFailure(
                "there is a tenant in '\(path)' already",
                hint: "give it another name: tenant generate NAME")
        }
        do throws(JournalFailure) {
            try TenantFolder(path: path).write(
                TenantGenerator(name: name, users: users, groups: groups, seed: seed))
        } catch {
            throw SimulatorFailure("the tenant cannot be written: \(error)")
        }
        return path + "/tenant.json"
    }
}
