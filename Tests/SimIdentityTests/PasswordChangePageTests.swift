import SimHTTP
import Testing

@testable import SimIdentity

@Suite("What is wrong on the page for a new password — aadsts.md §8, WCAG 3.3.1")
struct PasswordChangePageTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let current: String
        let chosen: String
        let confirmed: String
        /// The field that is wrong.
        let field: String

        init(
            _ what: String, _ field: String, current: String = "pw-exa",
            chosen: String = "long enough", confirmed: String? = nil
        ) {
            testDescription = what
            self.field = field
            self.current = current
            self.chosen = chosen
            self.confirmed = confirmed ?? chosen
        }
    }

    /// The inputs of a page, as they are written.
    private static func inputs(_ page: HTTPResponse) -> [Substring] {
        page.text.split(separator: "<input ").dropFirst().map { $0.prefix { $0 != ">" } }
            .filter { $0.contains("type=\"password\"") }
    }

    private static func page() throws -> (Browser, HTTPResponse) {
        let browser = Browser()
        return (browser, try browser.enterPassword("exa", "pw-exa", at: browser.authorizeTarget()))
    }

    @Test(
        "is marked and has the focus alone, with the words for it right behind",
        arguments: [
            Row("the current password is a guess", "oldpasswd", current: "a guess"),
            Row("nothing was typed at all", "oldpasswd", current: "", chosen: ""),
            Row("the new one has 7 characters", "newpasswd", chosen: "seven77"),
            Row(
                "the new one has 257 characters", "newpasswd",
                chosen: String(repeating: "x", count: 257)),
            Row("the new one is easy to guess", "newpasswd", chosen: "Password-4711"),
            Row("the confirmation differs", "confirm", confirmed: "long enouhg"),
            Row("there is no confirmation", "confirm", confirmed: ""),
            Row(
                "a guess, and a confirmation that differs: the current one first", "oldpasswd",
                current: "a guess", confirmed: "another"),
            Row(
                "short, and a confirmation that differs: the new one first", "newpasswd",
                chosen: "short", confirmed: "another"),
        ])
    func wrong(_ row: Row) throws {
        let (browser, first) = try Self.page()
        let page = try browser.submit(
            first,
            ["oldpasswd": row.current, "newpasswd": row.chosen, "confirm": row.confirmed])
        let inputs = Self.inputs(page)
        #expect(inputs.count == 3)
        for input in inputs {
            let isWrong = input.contains("name=\"\(row.field)\"")
            #expect(input.contains(" aria-invalid=\"true\"") == isWrong, "\(input)")
            #expect(input.contains(" aria-describedby=\"error\"") == isWrong, "\(input)")
            #expect(input.contains(" autofocus") == isWrong, "\(input)")
        }
        let behind = try #require(page.text.split(separator: "name=\"\(row.field)\"").last)
        #expect(behind.split(separator: "\n")[1].hasPrefix("<div class=\"error\" id=\"error\""))
        #expect(page.text.ranges(of: "id=\"error\"").count == 1)
    }

    @Test("is nothing at first: the current password has the focus, no field is marked")
    func untouched() throws {
        let inputs = Self.inputs(try Self.page().1)
        #expect(inputs.map { $0.contains("autofocus") } == [true, false, false])
        #expect(!inputs.contains { $0.contains("aria-invalid") })
    }
}
