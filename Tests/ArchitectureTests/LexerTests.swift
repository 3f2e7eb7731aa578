import Testing

@Suite("Cutting Swift into tokens")
struct LexerTests {
    private func words(_ text: String) -> [String] {
        SwiftLexer.tokens(of: text).filter { $0.kind == .word }.map(\.text)
    }

    private func strings(_ text: String) -> [String] {
        SwiftLexer.tokens(of: text).filter { $0.kind == .string }.map(\.text)
    }

    @Test("code in a comment is not code, and a nested comment ends where it should")
    func comments() {
        #expect(words("a // print(x)\nb /* c /* d */ e */ f /// g") == ["a", "b", "f"])
    }

    @Test("code in a string is not code")
    func stringsHideCode() {
        #expect(words(#"let a = "try! fatalError( // no comment" + b"#) == ["let", "a", "b"])
        #expect(strings(#"f("a\"b", "c")"#) == [#"a\"b"#, "c"])
    }

    @Test("an interpolation is code, also with strings and parentheses inside")
    func interpolation() {
        let text = #"let a = "x \(f("y)", (1)) + g) z"; h"#
        #expect(words(text) == ["let", "a", "f", "g", "h"])
        #expect(strings(text) == ["x  z", "y)"])
    }

    @Test("a raw string ends only at its own delimiter and interpolates only with it")
    func rawStrings() {
        #expect(strings(##"#"a "quoted" \(b)"#"##) == [#"a "quoted" \(b)"#])
        #expect(words(##"#"a \#(b)"#; c"##) == ["b", "c"])
    }

    @Test("a multi-line string keeps quotes, and lines after it are counted right")
    func multiLineStrings() {
        let tokens = SwiftLexer.tokens(of: "let a = \"\"\"\n  \"x\"\n  \"\"\"\nb")
        #expect(tokens.map(\.line) == [1, 1, 1, 1, 4])
        #expect(tokens[3].endLine == 3)
        #expect(tokens[3].text == "\n  \"x\"\n  ")
    }

    @Test("a slash divides after an operand and opens an expression elsewhere")
    func regularExpressions() {
        #expect(words("a / b / c") == ["a", "b", "c"])
        #expect(words("(a + 1) / b // c") == ["a", "b"])
        #expect(words(#"let a = /try! \/ b/; c"#) == ["let", "a", "c"])
        #expect(words("f(#/ a / b /#); c") == ["f", "c"])
        #expect(words("x.reduce(1, /)") == ["x", "reduce"])
    }

    @Test("numbers, ranges, operators and back-ticked words stay whole")
    func shapes() {
        let tokens = SwiftLexer.tokens(of: "0x1F..<1_0.5 `default` a?.b != $0")
        #expect(
            tokens.map(\.text) == [
                "0x1F", "..<", "1_0.5", "`default`", "a", "?", ".", "b", "!=", "$0",
            ])
    }

    @Test("a text that ends in the middle of a literal or comment ends the scan")
    func truncated() {
        for text in ["\"abc", "\"\"\"abc", "#\"a", "/* a", "\"\\(a", "`a", "/a\\", "#/a\\", "\"\\"]
        {
            #expect(!SwiftLexer.tokens(of: text).isEmpty)
        }
    }

    @Test("a function is measured from its signature to its closing brace")
    func functionLengths() {
        let file = SourceFile(
            path: "Sources/A/A.swift",
            text: """
                protocol P { func f(); var x: Int { get } }
                struct S {
                    var stored: Int = { 1 }()
                    let s = S.init(1)
                    func g(
                        _ a: () -> Void = { }
                    ) -> Int {
                        1 // }
                    }
                }
                """)
        #expect(FunctionExtent.all(in: file).map(\.length) == [1, 5])
    }
}
