import SimCore
import SimTarget
import Synchronization

/// A sample app that is up, with the name it is reached by.
struct SampleAppHost: Sendable {
    let app: SampleApp
    /// Name of the tenant whose folder holds its fixture.
    let tenant: String

    init(app: SampleApp, tenant: String) {
        self.app = app
        self.tenant = tenant
    }

    var name: String { app.configuration.name }

    /// Its entry among the ready-file's targets.
    func readyEntry(origin: String) -> JSONValue {
        let configuration = app.configuration
        let key = configuration.keys.first { $0.scopes.contains(configuration.scimScope) }
        return [
            "name": .string(configuration.displayName),
            "baseURL": .string(origin + configuration.basePath + configuration.scimPath),
            "token": key.map { .string($0.value) } ?? .null,
        ]
    }
}

/// The sample apps that are up; forks of a tenant bring and take theirs.
final class SampleAppHosts: Sendable {
    private let hosts: Mutex<[SampleAppHost]>

    init(_ hosts: [SampleAppHost]) {
        self.hosts = Mutex(hosts)
    }

    var all: [SampleAppHost] { hosts.withLock { $0 } }

    /// The apps of one tenant, by the tenant's name.
    func of(_ tenant: String) -> [SampleAppHost] { all.filter { $0.tenant == tenant } }

    /// The app that lives below `/apps/{name}/`.
    func app(named name: some StringProtocol) -> SampleApp? {
        hosts.withLock { hosts in hosts.first { $0.name == name }?.app }
    }

    func add(_ more: [SampleAppHost]) {
        hosts.withLock { $0 += more }
    }

    func remove(of tenant: String) {
        hosts.withLock { $0.removeAll { $0.tenant == tenant } }
    }
}
