import SimCore
import SimFaults
import SimHTTP

/// What a fault makes of one call to a target: pure, so that the seam only carries it out.
struct OutboundFault: Sendable {
    typealias Answer = Result<HTTPResponse, ConnectionFailure>

    /// What the seam does.
    enum Plan: Sendable {
        /// The target never sees the call.
        case answer(Answer)
        /// The call is made after so long, as `request`; `then` makes its answer.
        case call(after: Duration, HTTPRequest, then: @Sendable (HTTPResponse) -> Answer)
    }

    let strike: FaultBook.Strike
    let operation: FaultOperation?

    func plan(_ request: HTTPRequest, at now: Timestamp) -> Plan {
        switch strike.effect {
        case .answer(let answer): .answer(.success(HTTPResponse(answer, at: now)))
        case .delivery(let delivery): plan(delivery, request)
        case .target(.failure(let failure)): .answer(.failure(Self.failure(failure)))
        case .target(.defect(let defect)): plan(defect, request)
        case .refusal, .tamper, .defect, .certificate, .keys: Self.unchanged(request)
        }
    }

    private static func unchanged(_ request: HTTPRequest, after delay: Duration = .zero) -> Plan {
        .call(after: delay, request) { .success($0) }
    }

    private func plan(_ delivery: FaultDelivery, _ request: HTTPRequest) -> Plan {
        switch delivery {
        case .latency(let latency):
            Self.unchanged(
                request, after: latency.delay(hit: strike.hit, chance: strike.chance))
        // The client's patience is not waited for: the failure is what it would end in.
        case .hang: .answer(.failure(.timedOut(.response)))
        case .reset(.before): .answer(.failure(.reset))
        case .reset(.during), .reset(.after):
            .call(after: .zero, request) { _ in .failure(.reset) }
        case .truncated, .contentLength:
            .call(after: .zero, request) { _ in
                .failure(.malformedResponse(reason: "the body ended early"))
            }
        case .drip(_, let every): Self.unchanged(request, after: every)
        case .contentType, .malformed, .oversized:
            .call(after: .zero, request) { response in
                var response = response
                response.spoil(delivery)
                return .success(response)
            }
        }
    }

    private func plan(_ defect: FaultyTarget.Defect, _ request: HTTPRequest) -> Plan {
        switch defect {
        case .ignoredFilter: Self.unchanged(request.withoutFilter)
        case .lostWrite:
            operation?.writes == true
                ? .answer(.success(acknowledged(request))) : Self.unchanged(request)
        case .lostAnswer:
            operation?.writes == true
                ? .call(after: .zero, request) { _ in .failure(.reset) } : Self.unchanged(request)
        case .duplicateResults: Self.changing(request, Self.duplicated)
        case .changedID: Self.changing(request) { Self.identified($0) { Self.other($0) } }
        case .missingID: Self.changing(request) { Self.identified($0) { _ in nil } }
        case .noTotalResults:
            Self.changing(request) { body in
                var body = body
                body["totalResults"] = nil
                return body
            }
        }
    }

    /// Makes the call and changes the JSON object it answers.
    private static func changing(
        _ request: HTTPRequest, _ change: @escaping @Sendable (JSONObject) -> JSONObject
    ) -> Plan {
        .call(after: .zero, request) { response in
            // An answer without a JSON object stays as it is.
            guard let body = try? JSONValue(parsing: response.body), let object = body.objectValue
            else { return .success(response) }
            var response = response
            response.body = change(object).serialized
            response.headers.remove("Content-Length")
            return .success(response)
        }
    }

    private static func duplicated(_ list: JSONObject) -> JSONObject {
        guard let resources = list["Resources"]?.arrayValue,
            var twin = resources.first?.objectValue
        else { return list }
        var list = list
        if let id = twin["id"]?.stringValue { twin["id"] = .string(other(id)) }
        list["Resources"] = .array(resources + [.object(twin)])
        if let total = list["totalResults"]?.intValue { list["totalResults"] = .int(total + 1) }
        return list
    }

    /// A list's resources, or the resource itself, under another id or none.
    private static func identified(
        _ object: JSONObject, _ change: (String) -> String?
    ) -> JSONObject {
        var object = object
        if let id = object["id"]?.stringValue { object["id"] = change(id).map { .string($0) } }
        if let resources = object["Resources"]?.arrayValue {
            object["Resources"] = .array(
                resources.map { resource in
                    guard let inner = resource.objectValue else { return resource }
                    return .object(identified(inner, change))
                })
        }
        return object
    }

    private static func other(_ id: String) -> String {
        GUID(seed: 1, name: id).description
    }

    /// The answer of a target that only says it has written. RFC 7644 §3.3 to §3.6.
    private func acknowledged(_ request: HTTPRequest) -> HTTPResponse {
        switch operation {
        case .create, .replace:
            // What cannot be read is acknowledged without content.
            var body = (try? JSONValue(parsing: request.body))?.objectValue ?? [:]
            let name = request.target + "#\(strike.hit)"
            body["id"] =
                operation == .create
                ? .string(GUID(seed: 2, name: name).description)
                : request.pathSegments?.last.map { .string($0) }
            return HTTPResponse(
                status: operation == .create ? 201 : 200,
                headers: ["Content-Type": "application/scim+json"], body: body.serialized)
        case .update, .delete, .query, .read, nil: return HTTPResponse(status: 204)
        }
    }

    private static func failure(_ failure: FaultyTarget.Failure) -> ConnectionFailure {
        switch failure {
        case .nameNotResolved: .nameNotResolved(host: "target")
        case .refused: .refused
        case .unreachable: .unreachable
        case .reset: .reset
        case .connectTimeout: .timedOut(.connect)
        case .tlsTimeout: .timedOut(.tlsHandshake)
        case .responseTimeout: .timedOut(.response)
        case .untrusted: .tlsUntrusted(code: 18, reason: "self-signed certificate")
        case .malformed: .malformedResponse(reason: "no status line")
        }
    }
}

extension HTTPRequest {
    /// The same request as a target sees it that does not read `filter`.
    fileprivate var withoutFilter: HTTPRequest {
        guard let query, let fields = try? FormFields(parsing: query) else { return self }
        var request = self
        let kept = FormFields(fields.fields.filter { $0.name != "filter" })
        request.target = kept.fields.isEmpty ? String(path) : "\(path)?\(kept.encoded())"
        return request
    }
}
