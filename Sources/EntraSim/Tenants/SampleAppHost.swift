import SimCore
import SimTarget

/// A sample app that is up, with the name it is reached by.
struct SampleAppHost: Sendable {
    let app: SampleApp

    init(app: SampleApp) {
        self.app = app
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
