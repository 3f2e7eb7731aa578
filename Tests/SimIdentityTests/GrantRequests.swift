import SimCore
import SimDirectory
import SimHTTP
import Testing

@testable import SimIdentity

/// A faulty token request and what must come of it.
struct RefusalRow: Sendable, CustomTestStringConvertible {
    let name: String
    let changes: [String: String?]
    let code: Int
    let error: String
    var status = 400
    var suberror: String?
    var tenant = Fixture.tenant.description
    /// What happens after the artifacts were made and before the request.
    var before: (@Sendable (Browser) throws -> Void)?
    var testDescription: String { name }

    init(
        _ name: String, _ changes: [String: String?] = [:], _ code: Int, _ error: String,
        status: Int = 400, suberror: String? = nil,
        tenant: String = Fixture.tenant.description,
        before: (@Sendable (Browser) throws -> Void)? = nil
    ) {
        self.name = name
        self.changes = changes
        self.code = code
        self.error = error
        self.status = status
        self.suberror = suberror
        self.tenant = tenant
        self.before = before
    }

    func expect(_ response: HTTPResponse) throws {
        let body = try response.json
        #expect(response.refusedWith == code)
        #expect(response.status == status)
        #expect(body["error"]?.stringValue == error)
        #expect(body["suberror"]?.stringValue == suberror)
    }

    static func after(_ time: Duration) -> @Sendable (Browser) throws -> Void {
        { $0.now = $0.now + time }
    }

    static func event(_ event: TenantEvent) -> @Sendable (Browser) throws -> Void {
        { try $0.tenant.append([event], at: $0.now) }
    }
}

extension Browser {
    /// Sends a form made of `values` with `changes`; nil values leave a field out.
    func request(
        _ path: String, _ values: [String: String?], _ changes: [String: String?] = [:],
        tenant: String = Fixture.tenant.description, v1: Bool = false,
        headers: HTTPHeaders = [:]
    ) throws -> HTTPResponse {
        let merged = values.merging(changes) { $1 }
        var fields = FormFields()
        for (name, value) in merged.sorted(by: { $0.key < $1.key }) {
            if let value { fields.append(name, value) }
        }
        return try post("/\(tenant)/oauth2/\(v1 ? "" : "v2.0/")\(path)", fields, headers)
    }
}
