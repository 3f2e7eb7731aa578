import Testing

@Suite("Documents")
struct DocumentTests {
    private var tests: Set<Witness> {
        let python = PackageTree.paths(under: "Tests/Interop").filter { $0.hasSuffix(".py") }
        return python.reduce(into: Witness.declared(in: PackageTree.files)) { known, path in
            let file = path.split(separator: "/").last.map { String($0.dropLast(3)) } ?? ""
            known.formUnion(
                Witness.declared(inPython: PackageTree.text(path) ?? "", file: file))
        }
    }

    @Test("every claim of the parity page names a test that exists")
    func parity() throws {
        let table = ParityTable(try #require(PackageTree.text(ParityTable.path)))
        #expect(!table.rows.isEmpty)
        let faults = table.faults(knowing: tests)
        #expect(faults.isEmpty, "\(faults.map { "\n\($0)" }.joined())")
    }

    @Test(
        "a parity row is refused when",
        arguments: [
            "| codes live ten minutes | W |",
            "| codes live ten minutes | W | CodeTests/lifetime |",
            "| codes live ten minutes | W | IdentityTests/CodeTests/gone |",
            "| codes live ten minutes | seen | IdentityTests/CodeTests/lifetime |",
            "| codes live ten minutes | W | the test below |",
        ])
    func refused(_ row: String) throws {
        let known = Set([try #require(Witness("IdentityTests/CodeTests/lifetime"))])
        #expect(!ParityTable(row).faults(knowing: known).isEmpty)
    }

    @Test("a parity row with two witnesses is read, headings are not rows")
    func read() throws {
        let heading = "| Claim | Evidence | Witness |\n|---|---|---|\n"
        let table = ParityTable(heading + "| a | D | `T/S/f`, `Interop/test_x/test_y` |")
        #expect(table.rows.count == 1)
        let known = Set(["T/S/f", "Interop/test_x/test_y"].compactMap { Witness($0) })
        #expect(table.faults(knowing: known).isEmpty)
    }

    @Test("witnesses are found in types, extensions and Python files")
    func witnesses() {
        let file = SourceFile(
            path: "Tests/ATests/A.swift",
            text: """
                @Suite("x") struct A { @Test("y", arguments: [1]) func b(_ n: Int) {} }
                extension A { @Test func c() async throws {} ; func helper() {} }
                // @Test func d() {}
                """)
        let found = Witness.declared(in: [file]).map(\.description).sorted()
        #expect(found == ["ATests/A/b", "ATests/A/c"])
        let python = Witness.declared(
            inPython: "def test_a(sim):\n  pass\ndef help():", file: "test_m")
        #expect(python.map(\.description) == ["Interop/test_m/test_a"])
    }

    @Test("each Swift block of the README is a part of a compiled test")
    func readme() throws {
        let text = try #require(PackageTree.text("README.md"))
        let faults = MarkdownBlock.faults(in: text, path: "README.md", file: PackageTree.text)
        #expect(faults.isEmpty, "\(faults)")
    }

    @Test("a Swift block without a source, or different from it, is refused")
    func strayBlocks() {
        let source =
            "func f() {\n    // README: begin\n    let a = 1\n\n    b()\n    // README: end\n}"
        let block = "```swift\nlet a = 1\n\nb()\n```"
        func faults(_ text: String) -> Int {
            MarkdownBlock.faults(in: text, path: "README.md") { $0 == "T.swift" ? source : nil }
                .count
        }
        #expect(faults(block) == 1)
        #expect(faults("<!-- compiled: T.swift -->\n\(block)") == 0)
        #expect(faults("<!-- compiled: U.swift -->\n\(block)") == 1)
        #expect(faults("<!-- compiled: T.swift -->\n```swift\nlet a = 2\n```") == 1)
        #expect(faults("```sh\nswift test\n```") == 0)
    }
}
