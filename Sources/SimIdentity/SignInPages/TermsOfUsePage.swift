import SimHTTP

/// Asks a person to agree to terms that a policy names.
struct TermsOfUsePage: SignInPage {
    let frame: PageFrame
    let flow: String
    let segment: String
    let terms: String

    func response(_ headers: HTTPHeaders) -> HTTPResponse {
        let organization = PageText.escaped(frame.organization ?? "Your organization")
        return frame.response(
            headers, .termsOfUse,
            content: """
                <h1>Terms of use</h1>
                <p><bdi>\(organization)</bdi> asks you to accept these terms before you go on:</p>
                <p><strong>\(PageText.escaped(terms))</strong></p>
                \(PageFrame.form(segment, .termsOfUse, flow: flow))
                <input type="hidden" name="terms" value="\(PageText.escaped(terms))">
                <div class="actions"><button class="plain" type="submit">Decline</button>\
                <button class="primary" type="submit" name="accept" value="1">Accept</button>\
                </div></form>
                """)
    }
}
