extension FaultEffect {
    /// Whether a surface can show the effect at all.
    func checkFits(_ site: FaultSite) throws(FaultRuleError) {
        if site == .tls { return try checkFitsHandshake() }
        switch self {
        case .refusal where !site.refusesByNumber:
            throw FaultRuleError(
                "'\(site.rawValue)' does not answer with numbers", hint: "use 'status'")
        case .tamper where !site.issuesTokens:
            throw FaultRuleError(
                "no token is issued at '\(site.rawValue)'",
                hint: "use token, authorize or sign-in")
        case .target where site != .scim:
            throw FaultRuleError(
                "what a target does wrong belongs to site 'scim', not '\(site.rawValue)'")
        case .defect where site != .apps:
            throw FaultRuleError(
                "an app's defect belongs to site 'apps', not '\(site.rawValue)'")
        case .certificate:
            throw FaultRuleError(
                "a certificate is shown at site 'tls', not '\(site.rawValue)'")
        case .keys where site != .keys:
            throw FaultRuleError(
                "a key document is answered at site 'jwks', not '\(site.rawValue)'")
        case .refusal, .answer, .delivery, .tamper, .target, .defect, .keys: return
        }
    }

    /// At the handshake there is no request yet and no answer.
    private func checkFitsHandshake() throws(FaultRuleError) {
        switch self {
        case .certificate, .delivery(.hang), .delivery(.reset(.before)), .delivery(.latency):
            return
        case .refusal, .answer, .delivery, .tamper, .target, .defect, .keys:
            throw FaultRuleError(
                "nothing is answered yet at 'tls'",
                hint: "use certificate, latency, hang or reset=before")
        }
    }
}

extension FaultTarget {
    /// A connection has an address, and nothing else yet.
    func checkFits(_ site: FaultSite) throws(FaultRuleError) {
        guard site == .tls else { return }
        let stray = [
            ("tenant", tenant), ("app", app), ("user", user), ("group", group),
            ("method", method), ("path", path), ("header", headers.first?.name),
        ].first { $0.1 != nil }
        guard let stray else { return }
        throw FaultRuleError(
            "'\(stray.0)' in 'whom' is not known yet at 'tls'", hint: "use address or call")
    }
}
