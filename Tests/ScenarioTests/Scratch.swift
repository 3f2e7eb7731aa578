import Foundation

/// A folder of its own for one test, gone afterwards.
final class Scratch {
    let path = NSTemporaryDirectory() + "entra-sim-scenario-" + UUID().uuidString

    init() throws {
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit {
        // A leftover folder in the temporary directory harms nobody.
        try? FileManager.default.removeItem(atPath: path)
    }
}
