import SimCore
import SimHTTP

/// What an endpoint has to read: path parameters, query and JSON body, with every key known.
struct ControlInput: Sendable {
    let parameters: [String: String]
    let query: StrictObject
    let body: StrictObject

    init(
        _ request: HTTPRequest, parameters: [String: String], endpoint: ControlEndpoint
    ) throws(ControlError) {
        self.parameters = parameters
        query = try StrictObject(
            try Self.queryObject(request), keys: endpoint.queryKeys, place: "the query")
        guard let keys = endpoint.bodyKeys else {
            guard request.body.isEmpty || request.body == Array("{}".utf8) else {
                throw .badRequest(
                    "\(endpoint.method.rawValue) \(endpoint.path) takes no body",
                    hint: endpoint.queryKeys.isEmpty ? nil : "its options go into the query")
            }
            body = try StrictObject([:], keys: [], place: "the body")
            return
        }
        body = try StrictObject(try Self.bodyObject(request), keys: keys, place: "the body")
    }

    /// A path parameter; the pattern guarantees it is there.
    func parameter(_ name: String) throws(ControlError) -> String {
        guard let value = parameters[name] else {
            throw .badRequest("the path does not name the \(name)")
        }
        return value
    }

    private static func queryObject(_ request: HTTPRequest) throws(ControlError) -> JSONObject {
        guard let query = request.query else { return [:] }
        do throws(FormFields.ParseError) {
            return JSONObject(
                try FormFields(parsing: query).fields.map { .init($0.name, .string($0.value)) })
        } catch {
            switch error {
            case .malformedEscape: throw .badRequest("the query has a broken percent escape")
            case .tooManyFields(let limit):
                throw .badRequest("the query has more than \(limit) fields")
            }
        }
    }

    private static func bodyObject(_ request: HTTPRequest) throws(ControlError) -> JSONObject {
        if request.body.isEmpty { return [:] }
        let value: JSONValue
        do throws(JSONError) {
            value = try JSONValue(parsing: request.body)
        } catch {
            let place = error.position(in: request.body)
            throw .badRequest(
                "the body is not JSON: \(error.explanation) at line \(place.line), "
                    + "column \(place.column)")
        }
        guard let object = value.objectValue else {
            throw .badRequest("the body is a JSON \(value.kindName), not an object")
        }
        return object
    }
}
