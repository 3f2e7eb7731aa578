import SimCore
import SimDirectory

/// What the file system tells of a fixture's files without reading them.
package struct FixtureStamp: Hashable, Sendable {
    /// nil for a file that is not there.
    let files: [FileStamp?]
    /// Of the sample apps, by file name.
    let targets: [String: FileStamp]
}

/// A fixture folder, `tenants/<name>/`: finds it, checks it, reads it.
package struct TenantFolder: Hashable, Sendable {
    package let path: String

    package init(path: String) {
        self.path = path
    }

    /// Folder name: `contoso`.
    package var name: String {
        String(path.split(separator: "/").last ?? "tenant")
    }

    /// Every folder in `tenants` that holds a `tenant.json`, by name.
    package static func all(in tenants: String) throws(JournalFailure) -> [TenantFolder] {
        guard let names = try Folder.names(in: tenants) else {
            throw JournalFailure(path: tenants, reason: "no such folder")
        }
        return names.map { TenantFolder(path: tenants + "/" + $0) }
            .filter { Folder.exists($0.path + "/tenant.json") }
    }

    /// Decodes the fixture, streaming `users.jsonl` and `groups.jsonl` where there are any.
    /// - Returns: counts, every problem, and the fixture when there is none.
    package func check() -> FixtureCheck {
        let isLarge = Folder.byteCount(of: path + "/users.jsonl") > LargeDecoding.byteLimit
        return isLarge ? LargeDecoding.run { decoded() } : decoded()
    }

    private func decoded() -> FixtureCheck {
        var decoder = TenantFixtureDecoder(name: name)
        let main = path + "/tenant.json"
        do throws(JournalFailure) {
            decoder.readTenant(try Self.contents(of: main), file: main)
        } catch {
            decoder.noteUnreadable(file: main, reason: error.reason)
        }
        forEachLine(of: path + "/users.jsonl", &decoder) { decoder, line, file in
            decoder.readUserLine(line.bytes, file: file, line: line.number)
        }
        forEachLine(of: path + "/groups.jsonl", &decoder) { decoder, line, file in
            decoder.readGroupLine(line.bytes, file: file, line: line.number)
        }
        return decoder.finish()
    }

    /// Most sample apps looked at.
    private static let targetLimit = 1_000

    /// Changes whenever one of the fixture's files or sample apps is written or replaced; costs no
    /// reading.
    package func stamp() -> FixtureStamp {
        let folder = path + "/targets"
        // A folder that cannot be read now is looked at again soon.
        let names = (try? Folder.names(in: folder)) ?? []
        var targets: [String: FileStamp] = [:]
        for name in names.prefix(Self.targetLimit) where name.hasSuffix(".json") {
            targets[name] = Folder.stamp(of: folder + "/" + name)
        }
        return FixtureStamp(
            files: ["tenant.json", "users.jsonl", "groups.jsonl"].map {
                Folder.stamp(of: path + "/" + $0)
            }, targets: targets)
    }

    /// 32 hexadecimal digits that change when any of the fixture's files does.
    package func digest() throws(JournalFailure) -> String {
        var digest = ContentDigest()
        for name in ["tenant.json", "users.jsonl", "groups.jsonl"] {
            let file = path + "/" + name
            digest.add(Array(name.utf8))
            guard Folder.exists(file) else { continue }
            let open = try OpenFile(file, .read)
            while true {
                let piece = try open.read(upTo: 1 << 18)
                if piece.isEmpty { break }
                digest.add(piece)
            }
        }
        return digest.text
    }

    private func forEachLine(
        of file: String, _ decoder: inout TenantFixtureDecoder,
        _ body: (inout TenantFixtureDecoder, LineReader.Line, String) -> Void
    ) {
        guard Folder.exists(file) else { return }
        do throws(JournalFailure) {
            var reader = try LineReader(try OpenFile(file, .read))
            while let line = try reader.next() { body(&decoder, line, file) }
        } catch {
            decoder.noteUnreadable(file: file, reason: error.reason)
        }
    }

    private static func contents(of path: String) throws(JournalFailure) -> [UInt8] {
        let file = try OpenFile(path, .read)
        var bytes: [UInt8] = []
        while true {
            let piece = try file.read(upTo: 1 << 18)
            if piece.isEmpty { return bytes }
            bytes += piece
        }
    }
}

extension TenantFolder {
    /// Writes a generated tenant into this folder, which is made when absent. Each file is written
    /// under a temporary name and renamed.
    package func write(_ generator: TenantGenerator) throws(JournalFailure) {
        try Folder.create(path)
        try Folder.create(path + "/targets")
        func place(_ file: TenantGenerator.File) -> String {
            path + "/" + generator.path(of: file)
        }
        func temporary(_ file: TenantGenerator.File) -> String {
            place(file) + SnapshotFile.temporarySuffix
        }
        var outputs: [TenantGenerator.File: OpenFile] = [:]
        do throws(JournalFailure) {
            for file in TenantGenerator.File.allCases {
                outputs[file] = try OpenFile(temporary(file), .replace)
            }
            try generator.run { (file, bytes) throws(JournalFailure) in
                try outputs[file]?.write(bytes)
            }
            for file in TenantGenerator.File.allCases {
                try outputs[file]?.sync()
                try Folder.rename(temporary(file), to: place(file))
            }
        } catch {
            for file in TenantGenerator.File.allCases {
                // The failure counts, not whether its rest could be removed.
                try? Folder.remove(temporary(file))
            }
            throw error
        }
    }
}
