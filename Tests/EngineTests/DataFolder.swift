import Foundation
import SimRuntime

/// A data folder of one test, gone afterwards.
final class DataFolder: Sendable {
    let path: String

    init() throws {
        let url = FileManager.default.temporaryDirectory.appendingPathComponent(
            "entra-sim-engine-\(ProcessInfo.processInfo.globallyUniqueString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        path = url.path
    }

    deinit {
        // A leftover folder in the temporary directory harms nobody.
        try? FileManager.default.removeItem(atPath: path)
    }

    /// The texts of the mails written so far, by time.
    var mails: [String] {
        get throws {
            try FileAccess.names(in: path + "/mail").sorted().map {
                String(decoding: try FileAccess.read("\(path)/mail/\($0)"), as: UTF8.self)
            }
        }
    }
}
