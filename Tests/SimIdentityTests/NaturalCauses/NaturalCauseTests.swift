import SimCore
import SimErrors
import SimHTTP
import Testing

@testable import SimIdentity

@Suite("Numbers of the catalogue with a real cause — aadsts.md §5 to §8")
struct NaturalCauseTests {
    @Test(
        "are raised with the catalogue's text, error, status and surface",
        arguments: NaturalCause.all)
    func raised(_ cause: NaturalCause) throws {
        let browser = Browser()
        let response = try cause.act(browser)
        let entry = try #require(AADSTSCatalogue.entry(cause.code))
        switch cause.shape {
        case .json(let error, let status, let suberror):
            #expect(response.refusedWith == cause.code)
            #expect(response.status == status)
            let body = try response.json
            #expect(body["error"]?.stringValue == error)
            #expect(body["suberror"]?.stringValue == suberror)
            try expect(body["error_description"]?.stringValue, says: entry)
            #expect(suberror == entry.suberror)
            if !Self.ofOtherSurfaces.contains(cause.code) {
                #expect(errors(of: entry).contains(error))
                #expect(status == entry.jsonStatus)
            }
            #expect((body["error_uri"] != nil) == entry.hasErrorURI)
        case .page:
            #expect(response.refusedWith == cause.code)
            #expect(response.status == 200)
            #expect(response.headers["Location"] == nil)
            #expect(response.text.contains(entry.label + ": "))
            #expect(response.text.contains("having trouble signing you in"))
            #expect(!response.text.contains("{EUII Hidden}"))
        case .form:
            #expect(response.status == 200)
            #expect(response.headers["x-ms-clitelem"]?.hasPrefix("1,\(cause.code),") == true)
            #expect(response.text.contains("<form "))
        case .log:
            #expect(response.status == 200)
            #expect(browser.signIns.codes.contains(cause.code))
        case .redirect(let error):
            #expect(response.status == 302)
            #expect(response.refusedWith == cause.code)
            let fields = try #require(response.redirected)
            #expect(fields["error"] == error)
            #expect(errors(of: entry).contains(error))
            #expect(fields["state"] == "state 1")
            try expect(fields["error_description"], says: entry)
        }
    }

    /// Numbers the catalogue lists for pages and redirects, in bodies: an issuer that cannot be
    /// read as captured, a declined device as aadsts.md §6.6 suggests.
    private static let ofOtherSurfaces: Set = [50_166, 65_004]

    private func errors(of entry: AADSTSEntry) -> [String] {
        ([entry.oauthError] + entry.errorVariants.values).map(\.rawValue)
    }

    /// The description starts with the number, is filled in, and has the catalogue's words.
    private func expect(_ description: String?, says entry: AADSTSEntry) throws {
        let text = try #require(description)
        #expect(text.hasPrefix(entry.label + ": "))
        #expect(!entry.placeholders.contains { text.contains("{\($0)}") })
        let templates = [entry.message] + entry.messageVariants.values
        #expect(
            templates.contains { template in
                let opening = template.prefix { $0 != "{" }
                return text.dropFirst(entry.label.count + 2).hasPrefix(opening)
            }, "\(text)")
    }

    @Test("are at least 120")
    func count() {
        #expect(Set(NaturalCause.all.map(\.code)).count >= 120)
    }

    @Test("are all in the catalogue, and no cause is there twice")
    func distinct() {
        let names = NaturalCause.all.map(\.testDescription)
        #expect(Set(names).count == names.count)
        #expect(NaturalCause.all.allSatisfy { AADSTSCatalogue.entry($0.code) != nil })
    }
}
