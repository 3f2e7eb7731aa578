/// The name of a test, as documents write it.
///
/// `Target/Suite/function` for Swift, where `Suite` is the type and `function` the function's name
/// without parentheses: `swift test --filter Target.Suite/function` runs it.
/// `Interop/file/function` for Python: `Tests/Interop/file.py`.
struct Witness: Hashable, CustomStringConvertible {
    let target: String
    let suite: String
    let function: String

    /// nil for a text of another shape.
    init?(_ text: some StringProtocol) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 3, parts.allSatisfy({ !$0.isEmpty && !$0.contains(" ") }) else {
            return nil
        }
        target = String(parts[0])
        suite = String(parts[1])
        function = String(parts[2])
    }

    var description: String { "\(target)/\(suite)/\(function)" }

    /// The tests declared in Swift files.
    static func declared(in files: [SourceFile]) -> Set<Witness> {
        files.filter(\.isTest).reduce(into: []) { $0.formUnion(declared(in: $1)) }
    }

    private static func declared(in file: SourceFile) -> [Witness] {
        file.words(["struct", "class", "enum", "actor", "extension"]).flatMap { index in
            guard let type = file.token(after: index),
                let open = file.tokens[index...].firstIndex(where: { $0.isSymbol("{") })
            else { return [Witness]() }
            return tests(in: file, from: open, to: file.closing(open)).compactMap {
                Witness("\(file.target ?? "")/\(type.text)/\($0)")
            }
        }
    }

    /// Names of the functions marked `@Test` between two braces.
    private static func tests(in file: SourceFile, from open: Int, to close: Int) -> [String] {
        file.places(of: "@", "Test").filter { open < $0 && $0 < close }.compactMap { mark in
            guard let keyword = file.tokens[mark...close].firstIndex(where: { $0.isWord("func") })
            else { return nil }
            return file.token(after: keyword)?.text.filter { $0 != "`" }
        }
    }

    /// The tests declared in a Python file of `Tests/Interop`.
    static func declared(inPython text: String, file: String) -> Set<Witness> {
        Set(
            text.split(separator: "\n").compactMap { line in
                let code = line.drop { $0 == " " }
                guard code.hasPrefix("def test_") else { return nil }
                return Witness("Interop/\(file)/\(code.dropFirst(4).prefix { $0 != "(" })")
            })
    }
}
