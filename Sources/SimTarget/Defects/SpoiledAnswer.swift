import SimCore
import SimHTTP
import SimSCIM

/// What an app's defects make of the answer to a call it has handled.
extension StruckDefects {
    func spoil(_ response: inout HTTPResponse, of call: SCIMCall) {
        if !names.isDisjoint(with: Self.rewriting) { rewrite(&response, of: call) }
        if names.contains(.htmlErrors), response.status >= 400 {
            response = HTTPResponse(
                status: response.status, html: DefectPage.error(response.status))
        }
        if names.contains(.wrongContentType), !response.body.isEmpty {
            response.headers.set("Content-Type", "text/plain; charset=utf-8")
        }
        if names.contains(.garbage), response.body.count > 1 {
            response.body = Array(response.body.prefix(response.body.count * 2 / 3))
        }
        deliver(&response, of: call)
    }

    private func deliver(_ response: inout HTTPResponse, of call: SCIMCall) {
        guard call.writes, (200...299).contains(response.status) else { return }
        if names.contains(.lostAnswers) {
            response.delivery = [.reset]
        } else if let slow = all.first(where: { $0.name == .slowWrites }) {
            response.delivery = [.wait(slow.delay), .rest]
        }
    }

    private static let rewriting: Set<AppDefect.Name> = [
        .notFoundFilters, .duplicateResults, .noTotalResults, .bareLists, .missingID, .changedID,
        .stringBooleans,
    ]

    private func rewrite(_ response: inout HTTPResponse, of call: SCIMCall) {
        // An answer without a JSON object, such as 204, stays as it is.
        guard (200...299).contains(response.status),
            var object = (try? JSONValue(parsing: response.body))?.objectValue
        else { return }
        if names.contains(.notFoundFilters), call.query["filter"] != nil,
            object["Resources"]?.arrayValue?.isEmpty ?? false
        {
            response = HTTPResponse(SCIMError(status: 404, nil, "nothing matches the filter"))
            return
        }
        if names.contains(.duplicateResults) { duplicate(&object) }
        if names.contains(.changedID) { identify(&object) { Self.other($0) } }
        if names.contains(.missingID) { identify(&object) { _ in nil } }
        if names.contains(.noTotalResults) { object["totalResults"] = nil }
        var value = JSONValue.object(object)
        if names.contains(.bareLists), let resources = object["Resources"] { value = resources }
        if names.contains(.stringBooleans) { value = value.withTextualBooleans }
        response.body = value.serialized
    }

    private func duplicate(_ list: inout JSONObject) {
        guard let resources = list["Resources"]?.arrayValue,
            var twin = resources.first?.objectValue
        else { return }
        if let id = twin["id"]?.stringValue { twin["id"] = .string(Self.other(id)) }
        list["Resources"] = .array(resources + [.object(twin)])
        if let total = list["totalResults"]?.intValue { list["totalResults"] = .int(total + 1) }
    }

    /// A resource, or the resources of a list, under another id or none.
    private func identify(_ object: inout JSONObject, _ change: (String) -> String?) {
        if let id = object["id"]?.stringValue { object["id"] = change(id).map { .string($0) } }
        guard let resources = object["Resources"]?.arrayValue else { return }
        object["Resources"] = .array(
            resources.map { resource in
                guard var inner = resource.objectValue else { return resource }
                identify(&inner, change)
                return .object(inner)
            })
    }

    private static func other(_ id: String) -> String { GUID(seed: 1, name: id).description }
}

extension JSONValue {
    /// Every boolean as `"True"` or `"False"`.
    fileprivate var withTextualBooleans: JSONValue {
        switch self {
        case .bool(let flag): return .string(flag ? "True" : "False")
        case .array(let values): return .array(values.map(\.withTextualBooleans))
        case .object(let object):
            return .object(
                JSONObject(object.members.map { .init($0.name, $0.value.withTextualBooleans) }))
        case .null, .int, .double, .number, .string: return self
        }
    }
}
