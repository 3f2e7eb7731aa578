import Foundation
import SimCore

/// A file of `Tests/Transcripts`: one operation in every dialect.
///
///     Title of the operation
///     Source: provisioning.md §7.4 [W]
///
///     === https://target.example/scim ===
///
///     GET /scim/Users/u-ada HTTP/1.1
///     …
struct TranscriptFile: Hashable {
    var title: String
    var source: String
    /// Requests by tenant URL.
    var sections: [(url: String, text: String)]

    static func == (left: Self, right: Self) -> Bool { left.text == right.text }
    func hash(into hasher: inout Hasher) { hasher.combine(text) }

    /// `Tests/Transcripts`.
    static let folder = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Transcripts")

    static func path(_ name: String) -> URL { folder.appending(path: name) }

    /// Names in the folder, sorted.
    static var names: [String] {
        let found = try? FileManager.default.contentsOfDirectory(atPath: folder.path())
        return (found ?? []).filter { !$0.hasPrefix(".") }.sorted()
    }

    /// nil when there is no such file.
    init?(named name: String) {
        guard let data = try? Data(contentsOf: Self.path(name)) else { return nil }
        self.init(parsing: String(decoding: data, as: UTF8.self))
    }

    init(title: String, source: String, sections: [(url: String, text: String)]) {
        self.title = title
        self.source = source
        self.sections = sections
    }

    init?(parsing text: String) {
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false)[...]
        guard let title = lines.popFirst(), let source = lines.popFirst(),
            source.hasPrefix("Source: ")
        else { return nil }
        self.init(title: String(title), source: String(source.dropFirst(8)), sections: [])
        var body: [Substring] = []
        func closed() -> String {
            while body.first?.isEmpty == true { body.removeFirst() }
            while body.last?.isEmpty == true { body.removeLast() }
            return body.isEmpty ? "" : body.joined(separator: "\n") + "\n"
        }
        for line in lines {
            if line.hasPrefix("=== "), line.hasSuffix(" ===") {
                if !sections.isEmpty { sections[sections.count - 1].text = closed() }
                sections.append((String(line.dropFirst(4).dropLast(4)), ""))
                body = []
            } else {
                body.append(line)
            }
        }
        if !sections.isEmpty { sections[sections.count - 1].text = closed() }
    }

    /// The requests for one tenant URL; nil when the file does not have them.
    subscript(url: String) -> String? { sections.first { $0.url == url }?.text }

    var text: String {
        var text = "\(title)\nSource: \(source)\n"
        for section in sections { text += "\n=== \(section.url) ===\n\n\(section.text)" }
        return text
    }
}
