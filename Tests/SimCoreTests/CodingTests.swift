import SimCore
import Testing

@Suite("Text codings")
struct CodingTests {
    @Test(
        "base64url follows RFC 4648 §10",
        arguments: [("", ""), ("f", "Zg"), ("fo", "Zm8"), ("foo", "Zm9v"), ("foobar", "Zm9vYmFy")])
    func base64url(_ plain: String, _ coded: String) {
        #expect(Base64.urlEncode(Array(plain.utf8)) == coded)
        #expect(Base64.urlDecode(coded) == Array(plain.utf8))
    }

    @Test("padding is accepted in base64url (clients send it) and demanded in base64")
    func padding() {
        #expect(Base64.urlDecode("Zg==") == [0x66])
        #expect(Base64.decode("Zg==") == [0x66])
        #expect(Base64.decode("Zg") == nil)
        #expect(Base64.urlDecode("Zh") == nil)
        #expect(Base64.urlDecode("Z") == nil)
    }

    @Test("a form decodes plus as space and keeps duplicates in order")
    func form() throws {
        let form = try FormFields(parsing: "a=1+2&b=%40&a=3&c")
        #expect(form["a"] == "1 2")
        #expect(form.values("a") == ["1 2", "3"])
        #expect(form["b"] == "@")
        #expect(form["c"] == "")
        #expect(form.encoded() == "a=1+2&b=%40&a=3&c=")
    }

    @Test("a broken escape is refused")
    func brokenEscape() {
        #expect(throws: FormFields.ParseError.malformedEscape) { try FormFields(parsing: "a=%4") }
        #expect(throws: FormFields.ParseError.malformedEscape) { try FormFields(parsing: "a=%ff") }
    }

    @Test("one field past the limit is refused")
    func limit() throws {
        let full = Array(repeating: "a=1", count: FormFields.fieldLimit).joined(separator: "&")
        #expect(try FormFields(parsing: full).fields.count == FormFields.fieldLimit)
        #expect(throws: FormFields.ParseError.tooManyFields(limit: FormFields.fieldLimit)) {
            try FormFields(parsing: full + "&a=1")
        }
    }

    @Test("redirects escape in lower case, as the service does")
    func redirectStyle() {
        #expect(PercentCoding.encode("a: b'", .redirect) == "a%3a+b%27")
        #expect(PercentCoding.encode("a@b c", .form) == "a%40b+c")
        #expect(PercentCoding.encode("a b~", .component) == "a%20b~")
    }
}
