import SimCore
import SimHTTP
import Testing

@Suite("Text on pages")
struct PageTextTests {
    @Test("a long user name may break after its marks, a short one stays as it is")
    func breaks() {
        let name = String(repeating: "a", count: 25) + "@<b"
        #expect(PageText.breakable(name) == name.replacing("<", with: "&lt;"))
        #expect(
            PageText.breakable(name + "c.d-e")
                == name.replacing("<", with: "&lt;").replacing("@", with: "@<wbr>")
                + "c.<wbr>d-<wbr>e")
    }

    @Test("markup and control characters never leave as they came")
    func escaping() {
        #expect(
            PageText.escaped("<a href='x'>&\"\u{0}\u{1B}\n")
                == "&lt;a href=&#39;x&#39;&gt;&amp;&quot;\n")
        #expect(
            PageText.script(.string("</script>&\u{2028}")) == #""\u003c/script\u003e\u0026\u2028""#)
    }
}
