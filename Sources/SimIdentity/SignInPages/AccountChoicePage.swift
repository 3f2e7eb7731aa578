import SimCore
import SimHTTP

/// Lets the person choose between the accounts that are signed in and another.
struct AccountChoicePage: SignInPage {
    struct Account: Sendable {
        let session: GUID
        let userName: String
        let name: String
    }

    let frame: PageFrame
    let flow: String
    let segment: String
    /// The last used first.
    let accounts: [Account]

    func response(_ headers: HTTPHeaders) -> HTTPResponse {
        frame.response(
            headers, .signIn,
            content: """
                <h1>Pick an account</h1>
                \(PageFrame.form(segment, .accountChoice, flow: flow))
                <ul class="tiles">\(tiles)
                <li><button type="submit" name="choice" value="other"><strong>Use another account\
                </strong></button></li></ul></form>
                """)
    }

    private var tiles: String {
        accounts.enumerated().map { index, account in
            """
            <li><button type="submit" name="choice" value="\(account.session)"\
            \(index == 0 ? " autofocus" : "")>\
            <strong>\(PageText.escaped(account.name))</strong>\
            <span>\(PageText.breakable(account.userName))</span>\
            <span class="soft">Signed in</span></button></li>
            """
        }.joined()
    }
}
