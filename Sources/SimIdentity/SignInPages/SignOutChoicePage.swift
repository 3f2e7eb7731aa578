import SimCore
import SimHTTP

/// Several people are signed in and the request names none of them: who is to sign out?
/// identity-platform.md §2.6.
struct SignOutChoicePage: Sendable {
    struct Account: Sendable {
        let userName: String
        let name: String
        /// The same request with this account named.
        let address: String
    }

    let frame: PageFrame
    let accounts: [Account]

    func response(_ headers: HTTPHeaders) -> HTTPResponse {
        let tiles = accounts.enumerated().map { index, account in
            """
            <li><a class="tile" href="\(PageText.escaped(account.address))"\(index == 0 ? " autofocus" : "")>\
            <strong>\(PageText.escaped(account.name))</strong>\
            <span>\(PageText.breakable(account.userName))</span>\
            <span class="soft">Signed in</span></a></li>
            """
        }.joined()
        return frame.response(
            headers, .signedOut, title: "Sign out",
            content: """
                <h1>Pick an account</h1>
                <p>Which account do you want to sign out of?</p>
                <ul class="tiles">\(tiles)</ul>
                """)
    }
}
