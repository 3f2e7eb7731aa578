import SimCore
import SimCrypto
import SimHTTP

/// Reads a form posted from the app's own page and from nowhere else.
///
/// Browsers say where a post comes from (`Sec-Fetch-Site`, `Origin`); the token proves that the
/// sender could read the page. Both must hold.
struct FormGuard {
    let token: String

    enum Refusal: Error, Hashable {
        case crossSite
        case wrongToken
        case notAForm
    }

    func fields(of request: HTTPRequest) throws(Refusal) -> FormFields {
        guard isSameSite(request.headers) else { throw .crossSite }
        let type = request.headers["Content-Type"]?.prefix { $0 != ";" } ?? ""
        guard type.lowercased() == "application/x-www-form-urlencoded" else { throw .notAForm }
        let fields: FormFields
        do {
            fields = try FormFields(parsing: String(decoding: request.body, as: UTF8.self))
        } catch {
            throw .notAForm
        }
        let sent = Array((fields["token"] ?? "").utf8)
        guard ConstantTime.areEqual(sent, Array(token.utf8)) else { throw .wrongToken }
        return fields
    }

    /// A browser always sends one of the two fields with a post; a tool may send neither.
    private func isSameSite(_ headers: HTTPHeaders) -> Bool {
        if let site = headers["Sec-Fetch-Site"], site != "same-origin", site != "none" {
            return false
        }
        guard let text = headers["Origin"] else { return true }
        guard let origin = Origin.parse(text)?.origin, let host = headers["Host"] else {
            return false
        }
        return origin.hostHeader == host.lowercased()
            || "\(origin.host):\(origin.port)" == host.lowercased()
    }
}
