import Foundation

/// The package on disk, found from this file's own path.
enum PackageTree {
    static let root = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// All Swift files of `Sources` and `Tests`, and the manifest.
    static let files: [SourceFile] =
        (["Sources", "Tests"].flatMap { paths(under: $0) }.filter { $0.hasSuffix(".swift") }
        + ["Package.swift"])
        .sorted()
        .map { SourceFile(path: $0, text: text($0) ?? "") }

    static let surroundings = SourceRule.Surroundings(files)

    /// The text at `path` below the root, nil where there is none.
    static func text(_ path: String) -> String? {
        try? String(contentsOf: root.appending(path: path), encoding: .utf8)
    }

    static func exists(_ path: String) -> Bool {
        FileManager.default.fileExists(atPath: root.appending(path: path).path)
    }

    /// Entries of the top folder without the hidden ones.
    static func topLevel() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: root.path)
            .filter { !$0.hasPrefix(".") }.sorted()
    }

    /// Every file below `folder`, as paths from the root.
    static func paths(under folder: String) -> [String] {
        let top = root.appending(path: folder).path
        let below = FileManager.default.enumerator(atPath: top)
        return (below?.compactMap { $0 as? String } ?? [])
            .filter { !$0.split(separator: "/").contains { $0.hasPrefix(".") } }
            .map { "\(folder)/\($0)" }
    }
}
