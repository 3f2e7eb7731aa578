import SimCore
import SimHTTP

extension IdentityPlatform {
    /// Answers `/common/UserRealm/{user}`: the domain decides, no user is looked up.
    /// Source: identity-platform.md §1.2.
    func userRealm(_ exchange: Exchange, user: String) -> HTTPResponse {
        publicDocument(exchange) {
            var body: JSONObject = ["ver": "1.0"]
            if let domain = managedDomain(of: user) {
                body.append("account_type", "Managed")
                body.append("domain_name", .string(domain.name))
            } else {
                body.append("account_type", "Unknown")
            }
            body.append("cloud_instance_name", "microsoftonline.com")
            body.append("cloud_audience_urn", "urn:federation:MicrosoftOnline")
            return body.serialized
        }
    }

    /// Answers `/getuserrealm.srf?login={user}`, in JSON or with `xml=1` in XML.
    func userRealmPage(_ exchange: Exchange) -> HTTPResponse {
        let login = exchange.query?["login"] ?? exchange.form?["login"] ?? ""
        let domain = managedDomain(of: login)
        var body: JSONObject = ["State": 4]
        if domain != nil { body.append("UserState", 1) }
        body.append("Login", .string(login))
        body.append("NameSpaceType", domain == nil ? "Unknown" : "Managed")
        if let domain {
            body.append("DomainName", .string(domain.name))
            body.append("FederationBrandName", .string(domain.brand))
            body.append("CloudInstanceName", "microsoftonline.com")
            body.append("CloudInstanceIssuerUri", "urn:federation:MicrosoftOnline")
        }
        guard exchange.query?["xml"] == "1" else {
            return discoveryAnswer(exchange.marks, body: body.serialized)
        }
        var response = discoveryAnswer(
            exchange.marks, body: Array(UserRealmPage(realm: body).xml.utf8))
        response.headers.set("Content-Type", "text/xml; charset=utf-8")
        return response
    }

    private func managedDomain(of user: String) -> (name: String, brand: String)? {
        guard let home = tenants.home(ofUserName: user), let at = user.lastIndex(of: "@") else {
            return nil
        }
        return (user[user.index(after: at)...].lowercased(), home.profile.displayName)
    }
}
