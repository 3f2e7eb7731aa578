import SimHTTP

/// The cookies of a request, in the order sent. RFC 6265 §4.2.
struct RequestCookies: Sendable {
    private let pairs: [(name: Substring, value: Substring)]

    init(_ headers: HTTPHeaders) {
        var pairs: [(Substring, Substring)] = []
        for line in headers.values("Cookie") {
            for piece in line.split(separator: ";") {
                let trimmed = piece.drop { $0 == " " }
                guard let equals = trimmed.firstIndex(of: "=") else { continue }
                pairs.append((trimmed[..<equals], trimmed[trimmed.index(after: equals)...]))
            }
        }
        self.pairs = pairs
    }

    /// The first cookie of that name; names are case-sensitive.
    subscript(name: String) -> String? {
        pairs.first { $0.name == name }.map { String($0.value) }
    }
}
