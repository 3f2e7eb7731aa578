import SimCore
import SimErrors
import SimHTTP

/// How parameters, refusals and pages become responses.
extension AuthorizationEndpoint {
    /// A refusal, on a page or at the client's address. aadsts.md §2.
    func answer(_ refusal: AuthorizationRefusal) -> HTTPResponse {
        switch refusal {
        case .page(let error): return errorPage(error)
        case .redirect(let error, let address):
            guard !error.entry.neverRedirects else { return errorPage(error) }
            trace.finish(error, exchange, platform)
            let fields = exchange.envelope.redirectFields(error, state: address.state)
            return deliver(fields, to: address, code: error.code)
        }
    }

    /// The person said no, or went back from a page on which only an administrator could say yes.
    func cancelled(_ address: ReturnAddress, byChoice: Bool) -> HTTPResponse {
        trace.finish(.consentDeclined, exchange, platform)
        let state = address.state
        let code = AADSTSError.consentDeclined.code
        guard byChoice else {
            return deliver(ErrorEnvelope.cancelFields(state: state), to: address)
        }
        let fields = exchange.envelope.redirectFields(
            .consentDeclined, state: state, subcode: "cancel")
        return deliver(fields, to: address, code: code)
    }

    /// Brings parameters to the client. Query answers end in `#`, so that a stale fragment goes.
    func deliver(
        _ fields: FormFields, to address: ReturnAddress, code: Int = 0
    ) -> HTTPResponse {
        let headers = ServiceHeaders.page(exchange, code: code, cookie: platform.cookieBytes())
        let base = address.uri.withRootPath
        switch address.mode {
        case .query:
            let mark = base.contains("?") ? "&" : "?"
            return RedirectPage(location: base + mark + fields.encoded(.redirect) + "#")
                .response(headers)
        case .fragment:
            return RedirectPage(location: base + "#" + fields.encoded(.redirect))
                .response(headers)
        case .formPost:
            return FormPostPage(action: address.uri, fields: fields).response(headers)
        }
    }

    /// The page that ends a sign-in which cannot go on. Status 200, as the service answers.
    func errorPage(_ error: AADSTSError) -> HTTPResponse {
        let headers = ServiceHeaders.page(
            exchange, code: error.code, cookie: platform.cookieBytes(), binding: .browsers)
        let attempt = trace.attempt
        trace.finish(error, exchange, platform)
        if AccessRefusedPage.isMeant(for: error) {
            return AccessRefusedPage(
                frame: PageFrame(organization: nil, application: nil), error: error,
                traceID: exchange.traceID, correlationID: exchange.correlationID,
                at: exchange.now, attempt: attempt
            ).response(headers)
        }
        return ErrorPage(
            frame: PageFrame(organization: nil, application: nil), error: error,
            traceID: exchange.traceID, correlationID: exchange.correlationID, at: exchange.now
        ).response(headers)
    }

    /// A page of the flow, with the cookie its forms are bound to.
    ///
    /// - Parameter error: what the page tells; the attempt is recorded with it.
    func page(
        _ page: some SignInPage, error: AADSTSError? = nil, binding: String
    ) -> HTTPResponse {
        if let error { trace.finish(error, exchange, platform) }
        let headers = ServiceHeaders.page(
            exchange, code: error?.code ?? 0, cookie: platform.cookieBytes(),
            binding: .flow(binding))
        return page.response(headers)
    }
}

extension String {
    /// With `/` appended when a web address has no path. identity-platform.md §2.2.
    fileprivate var withRootPath: String {
        guard let scheme = range(ofASCII: "://") else { return self }
        let afterScheme = self[scheme...].dropFirst(3)
        guard let end = afterScheme.firstIndex(where: { "/?#".contains($0) }) else {
            return self + "/"
        }
        return self[end] == "/" ? self : self[..<end] + "/" + self[end...]
    }

    private func range(ofASCII text: String) -> String.Index? {
        var index = startIndex
        while index < endIndex {
            if self[index...].hasPrefix(text) { return index }
            index = self.index(after: index)
        }
        return nil
    }
}
