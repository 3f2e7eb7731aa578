import SimCore
import SimErrors
import SimHTTP

extension IdentityPlatform {
    /// Answers `/error`: what a number means. Source: aadsts.md §4.
    func errorLookup(_ exchange: Exchange) -> HTTPResponse {
        let asked = exchange.form?["code"] ?? exchange.query?["code"]
        let entry = asked.flatMap { AADSTSCatalogue.code(in: $0) }.flatMap(AADSTSCatalogue.entry)
        let headers = ServiceHeaders.page(exchange, code: 0, cookie: cookieBytes())
        if let entry, exchange.request.headers["Accept"]?.hasPrefix("application/json") == true {
            var body: JSONObject = [
                "code": .int(Int64(entry.code)), "message": .string(entry.message),
            ]
            body.appendIfPresent("remediation", entry.remedy)
            return HTTPResponse(json: .object(body), headers: headers)
        }
        return ErrorLookupPage(asked: asked, entry: entry).response(headers)
    }
}
