import SimCore
import SimDirectory
import SimHTTP

/// Takes out of an exchange what differs from run to run without meaning: ids that the target
/// gave, times, the service's own marks, the target's address; and what nobody may read.
struct CassetteNormaliser {
    static let secret = "‹secret›"
    static let time = "‹time›"
    static let version = "‹version›"
    static let random = "‹guid›"

    private let job: ProvisioningJob
    private let snapshot: DirectorySnapshot
    /// Searched in this order for whose a target id is.
    private let states: [ProvisioningJobState]
    /// Target ids seen in the answers of an object's own calls.
    private var owners: [String: ObjectKey] = [:]
    private let redacted: [CompiledAttribute]

    init(
        job: ProvisioningJob, snapshot: DirectorySnapshot, states: [ProvisioningJobState]
    ) {
        self.job = job
        self.snapshot = snapshot
        self.states = states
        redacted = [job.users, job.groups].compactMap(\.self).flatMap(\.attributes)
            .filter(\.isRedacted)
    }

    /// Remembers the id in the answer to a create.
    mutating func learn(_ call: CycleCall, _ response: HTTPResponse) {
        guard case .one(let id, _) = MatchAnswer(resource: response.body) else { return }
        owners[id] = owners[id] ?? call.key
    }

    func exchange(
        _ call: CycleCall?, _ request: HTTPRequest,
        _ answer: Result<HTTPResponse, ConnectionFailure>
    ) -> CassetteExchange {
        let body = json(request.body)
        let scrubber = CassetteScrubber(
            label: { label($0) }, hidden: hidden(body, answer),
            text: { job.redacted($0) })
        let operation = Self.operation(call, request)
        return CassetteExchange(
            subject: call.map { subject($0.key) }, operation: operation,
            method: request.method.rawValue, path: path(request, operation),
            headers: headers(request.headers, isRequest: true),
            body: body.map { scrubber.scrubbed($0) },
            answer: self.answer(answer, scrubber))
    }

    private func answer(
        _ answer: Result<HTTPResponse, ConnectionFailure>, _ scrubber: CassetteScrubber
    ) -> CassetteExchange.Answer {
        switch answer {
        case .success(let response):
            return .response(
                status: response.status, headers: headers(response.headers, isRequest: false),
                body: json(response.body).map { scrubber.scrubbed($0) })
        case .failure(let failure): return .failure(job.redacted(failure.explanation))
        }
    }

    private static func operation(
        _ call: CycleCall?, _ request: HTTPRequest
    ) -> CassetteExchange.Operation {
        guard let call else { return .probe }
        switch request.method {
        case .get: return request.query?.contains(text: "filter=") ?? false ? .match : .read
        case .post: return .create
        case HTTPMethod.delete: return .delete
        default:
            guard call.isReference else { return .update }
            return call.key.kind == .user ? .manager : .members
        }
    }

    private func subject(_ key: ObjectKey) -> CassetteExchange.Subject {
        .init(kind: key.kind, id: key.guid.description, name: snapshot.reportName(of: key))
    }

    /// `‹User ada@fabrikam.example›` for a target id somebody has; nil for others.
    private func label(_ id: String) -> String? {
        let key =
            owners[id]
            ?? states.lazy.compactMap { state in
                state.owner(ofTarget: id, kind: .user) ?? state.owner(ofTarget: id, kind: .group)
            }.first
        return key.map { "‹\($0.kind.rawValue) \(snapshot.reportName(of: $0))›" }
    }
}

// MARK: - Parts

extension CassetteNormaliser {
    /// JSON, or text; nil when empty.
    private func json(_ bytes: [UInt8]) -> JSONValue? {
        guard !bytes.isEmpty else { return Optional.none }
        // What is not JSON is kept as the text it is: that is what the reader wants to see.
        if let value = try? JSONValue(parsing: bytes) { return value }
        return .string(String(decoding: bytes, as: UTF8.self))
    }

    private func path(
        _ request: HTTPRequest, _ operation: CassetteExchange.Operation
    ) -> String {
        let base = job.address.basePath
        var path = String(request.path)
        if path.hasPrefix(base) { path.removeFirst(base.count) }
        if let slash = path.lastIndex(of: "/"), slash != path.startIndex {
            let id = String(path[path.index(after: slash)...])
            if let label = label(PercentCoding.decode(id, plusIsSpace: false) ?? id) {
                path = path[...slash] + label
            }
        }
        guard let query = request.query else { return path }
        guard operation == .probe else { return path + "?" + job.redacted(String(query)) }
        // The value asked for cannot exist: it is drawn anew for each probe.
        guard let opening = query.firstRange(ofText: "%22"),
            let closing = query[opening.upperBound...].firstRange(ofText: "%22"),
            !query[closing.upperBound...].contains(text: "%22")
        else { return path + "?" + query }
        return path + "?" + query[..<opening.upperBound] + Self.random
            + query[closing.lowerBound...]
    }

    private static let kept = ["content-type", "location", "retry-after", "www-authenticate"]

    private func headers(_ headers: HTTPHeaders, isRequest: Bool) -> JSONObject {
        var object = JSONObject()
        for field in headers.fields {
            let name = field.name.lowercased()
            let value: String
            switch name {
            case "authorization", "proxy-authorization", "cookie":
                let scheme = field.value.prefix { $0 != " " }
                value =
                    scheme.count < field.value.count ? "\(scheme) \(Self.secret)" : Self.secret
            case "adscimversion": value = "Date:\(Self.time), ActivityId:\(Self.random)"
            case "location": value = location(field.value)
            case _ where isRequest || Self.kept.contains(name): value = job.redacted(field.value)
            default: continue
            }
            object.append(field.name, .string(value))
        }
        return object
    }

    private func location(_ text: String) -> String {
        CassetteScrubber(label: { label($0) }, hidden: [], text: { job.redacted($0) })
            .location(text)
    }

    /// Values of rows that the log must not show either, found at their places.
    private func hidden(
        _ request: JSONValue?, _ answer: Result<HTTPResponse, ConnectionFailure>
    ) -> Set<String> {
        guard !redacted.isEmpty else { return [] }
        var found: Set<String> = []
        func look(_ object: JSONObject) {
            for attribute in redacted {
                if let text = attribute.path.value(in: object)?.scalarText { found.insert(text) }
                if let text = object.member(attribute.path.text)?.scalarText { found.insert(text) }
            }
        }
        func search(_ value: JSONValue?) {
            guard let object = value?.objectValue else { return }
            look(object)
            for item in object.member("Resources")?.arrayValue ?? [] { search(item) }
            for operation in object.member("Operations")?.arrayValue ?? [] {
                let path = operation["path"]?.stringValue
                if redacted.contains(where: { $0.path.text == path }),
                    let text = operation["value"]?.scalarText
                {
                    found.insert(text)
                }
                search(operation["value"])
            }
        }
        search(request)
        if case .success(let response) = answer { search(json(response.body)) }
        return found.filter { !$0.isEmpty }
    }
}
