import SimCore
import SimHTTP
import SimSCIM

/// The defects an app shows with one authorised call: what it answers instead of doing it, and
/// what it makes of its own answer. What lies between is done where the call is decided, by
/// `SCIMCall.defects`.
struct StruckDefects {
    let all: [AppDefect]
    let names: Set<AppDefect.Name>

    init(_ all: [AppDefect]) {
        self.all = all
        names = Set(all.map(\.name))
    }

    /// The answer to a call that is not looked at; nil when it is. Of several the nearest to the
    /// wire wins.
    func insteadOfDoing(_ call: SCIMCall) -> HTTPResponse? {
        if names.contains(.droppedCalls) {
            var response = HTTPResponse(SCIMError(status: 503, nil, "the connection was reset"))
            response.delivery = [.reset]
            return response
        }
        if names.contains(.loginPage) { return HTTPResponse(status: 200, html: DefectPage.signIn) }
        if let defect = all.first(where: { $0.name == .throttled }) {
            return HTTPResponse(
                SCIMError(status: 429, nil, "too many requests"),
                headers: Self.retry(defect, call.now))
        }
        if let defect = all.first(where: { $0.name == .unavailable }) {
            return HTTPResponse(
                SCIMError(status: 503, nil, "the service is down for maintenance"),
                headers: Self.retry(defect, call.now))
        }
        if names.contains(.serverErrors) {
            return HTTPResponse(SCIMError(status: 500, nil, "an internal error occurred"))
        }
        return refusal(of: call)
    }

    private static func retry(_ defect: AppDefect, _ now: Timestamp) -> HTTPHeaders {
        switch defect.retryAfter {
        case nil: [:]
        case .seconds(let count): ["Retry-After": String(count)]
        case .date(let wait): ["Retry-After": (now + wait).httpDate]
        }
    }

    /// What a picky service says about a PATCH it could have understood.
    private func refusal(of call: SCIMCall) -> HTTPResponse? {
        guard call.method == .patch else { return nil }
        if names.contains(.refusedGroupPatch), call.segments.first == "Groups" {
            return HTTPResponse(
                SCIMError(status: 405, nil, "groups cannot be patched; replace them"),
                headers: ["Allow": "GET, PUT, DELETE"])
        }
        guard names.contains(.refusedCapitalOps) || names.contains(.refusedStringBooleans),
            // A body that is not JSON is refused for that.
            let operations = (try? call.json())?.objectValue?.scim("Operations")?.arrayValue
        else { return nil }
        for operation in operations.compactMap(\.objectValue) {
            let verb = operation.scim("op")?.stringValue ?? ""
            if names.contains(.refusedCapitalOps), verb != verb.lowercased() {
                return HTTPResponse(
                    SCIMError.badRequest(
                        .invalidSyntax, "'\(verb.prefix(32))' is not one of add, replace, remove"))
            }
            if names.contains(.refusedStringBooleans), Self.hasStringBoolean(operation) {
                return HTTPResponse(
                    SCIMError.badRequest(.invalidValue, "'active' is a boolean, not a string"))
            }
        }
        return nil
    }

    private static func hasStringBoolean(_ operation: JSONObject) -> Bool {
        func isFlag(_ value: JSONValue?) -> Bool {
            ["true", "false"].contains(value?.stringValue?.lowercased() ?? "")
        }
        let value = operation.scim("value")
        if let members = value?.objectValue?.members {
            return members.contains { SCIMName.isSame($0.name, "active") && isFlag($0.value) }
        }
        return isFlag(value)
    }
}
