import SimCore
import Testing

@testable import SimErrors

@Suite("The catalogue — aadsts.md §0, §11")
struct CatalogueTests {
    @Test("holds 404 entries, each number once, ascending")
    func size() {
        let codes = AADSTSCatalogue.entries.map(\.code)
        #expect(codes.count == 404)
        #expect(codes == Set(codes).sorted())
        #expect(codes.allSatisfy { AADSTSCatalogue.entry($0)?.code == $0 })
        #expect(AADSTSCatalogue.entry(1) == nil)
    }

    @Test("counts the entries as the reference does")
    func counts() {
        let entries = AADSTSCatalogue.entries
        #expect(entries.count { $0.trigger == .natural } == 244)
        #expect(entries.count { $0.confidence == .verifiedWire } == 71)
        #expect(entries.count { $0.messageSource == .wire } == 86)
        #expect(entries.count { $0.surfaces.contains(.authorizePage) } == 255)
        #expect(entries.count { $0.surfaces.contains(.token) } == 253)
        #expect(entries.count { $0.claimsTemplate != nil } == 11)
        #expect(entries.count { !$0.hasErrorURI } == 9)
        #expect(entries.count { $0.neverRedirects } == 3)
    }

    @Test("keeps long texts whole, with their unusual characters")
    func texts() throws {
        let inactive = try #require(AADSTSCatalogue.entry(700_082))
        #expect(inactive.message.contains("inactivity.\u{A0}The token was issued"))
        #expect(inactive.placeholders == ["issueDate", "time"])
        let unknown = try #require(AADSTSCatalogue.entry(700_016))
        #expect(
            unknown.message.hasSuffix(
                "You may have sent your authentication request to the wrong tenant."))
        #expect(!unknown.message.contains("\n"))
        #expect(unknown.condition != nil)
        #expect(AADSTSCatalogue.entry(50_058)?.messageVariants[.legacyMessage] != nil)
        #expect(AADSTSCatalogue.entry(50_076)?.errorVariants[.v1OAuthError] != nil)
    }

    @Test(
        "finds a number as people type it",
        arguments: [
            ("50034", 50_034), ("AADSTS50034", 50_034), ("aadsts7000215", 7_000_215),
            (" AADSTS90002 ", 90_002), ("AADSTS", nil), ("5003x", nil), ("", nil),
            ("99999999999999999999", nil), ("-50034", nil),
        ] as [(String, Int?)])
    func typed(text: String, code: Int?) {
        #expect(AADSTSCatalogue.code(in: text) == code)
    }

    @Test("names the nearest number for one it does not hold")
    func nearest() {
        #expect(AADSTSCatalogue.entry(50_035) == nil)
        let near = AADSTSCatalogue.nearestCode(to: 7_000_214_5)
        #expect(near.map { String($0).hasPrefix("70002") } == true)
    }
}
