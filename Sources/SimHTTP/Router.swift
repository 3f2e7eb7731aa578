/// Finds what a method and a path mean: literal segments win over captures, captures over the rest.
package struct Router<Value: Sendable>: Sendable {
    package enum Match: Sendable {
        case found(Value, RouteCaptures)
        /// The path exists, the method does not: 405 with these in `Allow`. RFC 9110 §15.5.6.
        case methodNotAllowed(allow: [HTTPMethod])
        case notFound
    }

    private struct Route: Sendable {
        let method: HTTPMethod
        let value: Value
        let names: [String]
    }

    private struct Node: Sendable {
        var literals: [String: Int] = [:]
        var capture: Int?
        var routes: [Route] = []
        var restRoutes: [Route] = []
    }

    private var nodes = [Node()]
    private let ignoresCase: Bool

    /// - Parameter ignoresCase: whether literal ASCII letters match in either case, as the sign-in
    ///   and Graph endpoints do.
    package init(ignoresCase: Bool = true) {
        self.ignoresCase = ignoresCase
    }

    /// Adds a route; a second one of the same method and shape is a programming error.
    package mutating func add(_ method: HTTPMethod, _ pattern: RoutePattern, _ value: Value) {
        var index = 0
        var names: [String] = []
        var endsInRest = false
        for segment in pattern.segments {
            switch segment {
            case .literal(let text):
                index = child(of: index, literal: folded(text))
            case .capture(let name):
                names.append(name)
                index = captureChild(of: index)
            case .rest(let name):
                names.append(name)
                endsInRest = true
            }
        }
        let route = Route(method: method, value: value, names: names)
        let existing = endsInRest ? nodes[index].restRoutes : nodes[index].routes
        precondition(!existing.contains { $0.method == method }, "two routes for one request")
        if endsInRest {
            nodes[index].restRoutes.append(route)
        } else {
            nodes[index].routes.append(route)
        }
    }

    /// Finds the route of a request. `HEAD` falls back to `GET`. A path with a broken escape is
    /// not found.
    package func match(_ method: HTTPMethod, _ request: HTTPRequest) -> Match {
        guard let segments = request.pathSegments, request.target.utf8.first == 0x2F else {
            return .notFound
        }
        let keys = segments.map(folded)
        var search = Search(method: method)
        visit(0, 0, segments, keys, [], &search)
        if let (route, values) = search.found {
            var captures = RouteCaptures()
            for (name, value) in zip(route.names, values) { captures.append(name, value) }
            return .found(route.value, captures)
        }
        return search.allowed.isEmpty
            ? .notFound
            : .methodNotAllowed(allow: search.allowed.sorted { $0.rawValue < $1.rawValue })
    }

    package func match(_ request: HTTPRequest) -> Match {
        match(request.method, request)
    }

    private struct Search {
        let method: HTTPMethod
        var found: (Route, [String])?
        var allowed: Set<HTTPMethod> = []

        mutating func offer(_ routes: [Route], _ values: [String]) {
            let exact = routes.first { $0.method == method }
            let route = exact ?? (method == .head ? routes.first { $0.method == .get } : nil)
            if let route {
                found = (route, values)
            } else {
                allowed.formUnion(routes.map(\.method))
            }
        }
    }

    private func visit(
        _ node: Int, _ depth: Int, _ segments: [String], _ keys: [String], _ values: [String],
        _ search: inout Search
    ) {
        if depth == segments.count {
            search.offer(nodes[node].routes, values)
            if search.found != nil { return }
        } else {
            if let next = nodes[node].literals[keys[depth]] {
                visit(next, depth + 1, segments, keys, values, &search)
                if search.found != nil { return }
            }
            if let next = nodes[node].capture, !segments[depth].isEmpty {
                visit(next, depth + 1, segments, keys, values + [segments[depth]], &search)
                if search.found != nil { return }
            }
        }
        guard !nodes[node].restRoutes.isEmpty else { return }
        let rest = segments[depth...].joined(separator: "/")
        search.offer(nodes[node].restRoutes, values + [rest])
    }

    private func folded(_ text: String) -> String {
        guard ignoresCase, text.utf8.contains(where: { $0 >= 65 && $0 <= 90 }) else { return text }
        return String(
            decoding: text.utf8.map { $0 >= 65 && $0 <= 90 ? $0 | 0x20 : $0 }, as: UTF8.self)
    }

    private mutating func child(of node: Int, literal: String) -> Int {
        if let index = nodes[node].literals[literal] { return index }
        nodes.append(Node())
        nodes[node].literals[literal] = nodes.count - 1
        return nodes.count - 1
    }

    private mutating func captureChild(of node: Int) -> Int {
        if let index = nodes[node].capture { return index }
        nodes.append(Node())
        nodes[node].capture = nodes.count - 1
        return nodes.count - 1
    }
}
