import SimCore
import SimCrypto
import SimHTTP

/// (a) Processor time per `client_credentials` token against one raw RSA-2048 signature.
enum TokenRow {
    static let goal = 1.12
    private static let tokens = 1_500
    private static let signatures = 500

    static func measure(_ setting: BenchSetting) throws -> BenchRow {
        let server = try BenchServer(setting, tenants: setting.tenants, name: "token")
        let request = try tokenRequest(server)
        _ = try Load.run(port: server.port, request: request, count: 100, connections: 2)
        let key = try RSAPrivateKey.generate()
        var ours: [Double] = []
        var raw: [Double] = []
        for _ in 0..<setting.runs {
            let before = try server.process.processorNanoseconds()
            _ = try Load.run(port: server.port, request: request, count: tokens, connections: 2)
            let used = try server.process.processorNanoseconds() - before
            ours.append(Double(used) / Double(tokens))
            raw.append(try signature(key))
        }
        let (own, base) = (Measures.median(ours), Measures.median(raw))
        return BenchRow(
            letter: .token, name: "CPU per client_credentials token",
            ours: BenchSetting.milliseconds(own),
            baseline: "raw RSA-2048 sign \(BenchSetting.milliseconds(base))", figure: own / base,
            goal: "≤ \(goal)", isMet: own / base <= goal)
    }

    private static func signature(_ key: RSAPrivateKey) throws -> Double {
        let message = [UInt8](repeating: 65, count: 900)
        let before = Measures.processor
        for _ in 0..<signatures { _ = try key.signRS256(message) }
        return Double(Measures.processor - before) / Double(signatures)
    }

    /// The daemon asks for the API it has a role in.
    static func tokenRequest(_ server: BenchServer) throws -> [UInt8] {
        guard let tenant = server.ready["tenants"]?.arrayValue?.first,
            let tenantID = tenant["id"]?.stringValue,
            let apps = tenant["apps"]?.arrayValue,
            let daemon = apps.first(where: { $0["name"]?.stringValue == "Contoso Nightly Job" }),
            let api = apps.first(where: { $0["name"]?.stringValue == "Contoso Tasks API" }),
            let client = daemon["clientId"]?.stringValue,
            let secret = daemon["clientSecret"]?.stringValue,
            let audience = api["clientId"]?.stringValue
        else { throw BenchFailure("the ready-file lacks the daemon or the API") }
        let form = FormFields([
            "grant_type": "client_credentials", "client_id": client, "client_secret": secret,
            "scope": "api://\(audience)/.default",
        ])
        return RequestBytes.make(
            .post, "/\(tenantID)/oauth2/v2.0/token",
            headers: [("Content-Type", "application/x-www-form-urlencoded")],
            body: Array(form.encoded().utf8))
    }
}
