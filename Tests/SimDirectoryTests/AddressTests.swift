import SimCore
import SimDirectory
import Testing

@Suite("Addresses and blocks of them — RFC 4291 §2.2, RFC 4632 §3.1")
struct AddressTests {
    @Test(
        "are read in every spelling",
        arguments: [
            ("203.0.113.7", 4), ("0.0.0.0", 4), ("255.255.255.255", 4), ("2001:db8::1", 16),
            ("::", 16), ("::1", 16), ("1::", 16), ("2001:db8:0:0:0:0:0:1", 16),
            ("::ffff:203.0.113.7", 4), ("64:ff9b::192.0.2.33", 16),
        ])
    func readable(text: String, count: Int) {
        #expect(IPAddress(text)?.bytes.count == count)
    }

    @Test(
        "are refused when they are none",
        arguments: [
            "", "203.0.113", "203.0.113.7.1", "203.0.113.256", "203.0.113.07", "a.b.c.d", ":",
            ":::", "1::2::3", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "12345::", "g::", "::1.2.3",
            "1.2.3.4::", " 203.0.113.7", "localhost",
        ])
    func unreadable(text: String) {
        #expect(IPAddress(text) == nil)
    }

    @Test(
        "lie inside a block up to its last address",
        arguments: [
            ("203.0.113.0/24", "203.0.113.0", true), ("203.0.113.0/24", "203.0.113.255", true),
            ("203.0.113.0/24", "203.0.114.0", false), ("203.0.113.0/24", "203.0.112.255", false),
            ("10.0.0.0/9", "10.127.255.255", true), ("10.0.0.0/9", "10.128.0.0", false),
            ("0.0.0.0/0", "198.51.100.1", true), ("203.0.113.7/32", "203.0.113.7", true),
            ("203.0.113.7/32", "203.0.113.8", false), ("2001:db8::/32", "2001:db8:ffff::1", true),
            ("2001:db8::/32", "2001:db9::", false), ("0.0.0.0/0", "::1", false),
        ])
    func inside(block: String, address: String, isInside: Bool) throws {
        let range = try #require(AddressRange(block))
        #expect(range.contains(try #require(IPAddress(address))) == isInside)
    }

    @Test(
        "of no such form are no blocks",
        arguments: ["203.0.113.0", "203.0.113.0/33", "2001:db8::/129", "/24", "1.2.3.4/-1", "x/8"])
    func noBlock(text: String) {
        #expect(AddressRange(text) == nil)
    }

    @Test(
        "Secrets of authenticator apps are Base32 — RFC 4648 §10",
        arguments: [
            ("", ""), ("f", "MY"), ("fo", "MZXQ"), ("foo", "MZXW6"), ("foob", "MZXW6YQ"),
            ("fooba", "MZXW6YTB"), ("foobar", "MZXW6YTBOI"),
        ])
    func base32(plain: String, text: String) {
        #expect(Base32.encode(Array(plain.utf8)) == text)
        #expect(Base32.decode(text.lowercased() + "==") == Array(plain.utf8))
        #expect(Base32.decode(text + "1") == nil)
    }
}
