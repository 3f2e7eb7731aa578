/// What is wrong with a sample app's fixture, and where.
package struct SampleAppProblem: Error, Hashable, Sendable {
    package let file: String
    /// 1-based.
    package let line: Int
    /// Where in the document: `roles.groups[1].role`; empty for the document itself.
    package let path: String
    package let reason: String
    /// What to do, such as the nearest known key; nil when there is nothing to add.
    package let hint: String?

    package init(file: String, line: Int, path: String, reason: String, hint: String? = nil) {
        self.file = file
        self.line = line
        self.path = path
        self.reason = reason
        self.hint = hint
    }
}

extension SampleAppProblem: CustomStringConvertible {
    package var description: String {
        let place = path.isEmpty ? "\(file):\(line)" : "\(file):\(line): \(path)"
        return "\(place): \(reason)" + (hint.map { " (\($0))" } ?? "")
    }
}

/// The line on which each member and element of a JSON text begins.
///
/// The text must be known to parse; the scan itself checks nothing and never fails.
struct FixtureLines {
    private var lines: [String: Int] = ["": 1]

    private enum Level {
        case object(path: String, key: String?)
        case array(path: String, index: Int)
    }

    init(_ bytes: [UInt8]) {
        var line = 1
        var levels: [Level] = []
        var index = 0
        while index < bytes.count {
            switch bytes[index] {
            case 10: line += 1
            case UInt8(ascii: "\""):
                let end = Self.endOfString(bytes, index)
                if case .object(let path, nil)? = levels.last {
                    let key = String(decoding: bytes[(index + 1)..<end], as: UTF8.self)
                    levels[levels.count - 1] = .object(path: path, key: key)
                    lines[Self.join(path, key)] = line
                }
                index = end
            case UInt8(ascii: "{"):
                levels.append(.object(path: Self.path(levels.last), key: nil))
                lines[Self.path(levels.dropLast().last), default: line] = line
            case UInt8(ascii: "["):
                levels.append(.array(path: Self.path(levels.last), index: 0))
            case UInt8(ascii: "}"), UInt8(ascii: "]"): _ = levels.popLast()
            case UInt8(ascii: ","): Self.advance(&levels)
            default: break
            }
            index += 1
        }
    }

    /// The line of the member at `path`, or of the nearest one that holds it.
    subscript(path: String) -> Int {
        var path = path
        while true {
            if let line = lines[path] { return line }
            guard let cut = path.lastIndex(where: { $0 == "." || $0 == "[" }) else { return 1 }
            path = String(path[..<cut])
        }
    }

    static func join(_ path: String, _ key: String) -> String {
        path.isEmpty ? key : "\(path).\(key)"
    }

    private static func path(_ level: Level?) -> String {
        switch level {
        case nil: ""
        case .object(let path, let key): key.map { join(path, $0) } ?? path
        case .array(let path, let index): "\(path)[\(index)]"
        }
    }

    private static func advance(_ levels: inout [Level]) {
        switch levels.popLast() {
        case .object(let path, _): levels.append(.object(path: path, key: nil))
        case .array(let path, let index): levels.append(.array(path: path, index: index + 1))
        case nil: break
        }
    }

    private static func endOfString(_ bytes: [UInt8], _ start: Int) -> Int {
        var index = start + 1
        while index < bytes.count, bytes[index] != UInt8(ascii: "\"") {
            index += bytes[index] == UInt8(ascii: "\\") ? 2 : 1
        }
        return min(index, bytes.count - 1)
    }
}
