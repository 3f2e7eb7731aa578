import SimDirectory
import SimHTTP

/// Texts that must not be shown, and what stands in their place.
package struct SecretTexts: Hashable, Sendable {
    package static let replacement = "‹secret›"

    /// Longest first, so that no part of one is left over.
    private let texts: [[UInt8]]

    package init(_ texts: [String]) {
        self.texts = Set(texts).map { Array($0.utf8) }.filter { !$0.isEmpty }
            .sorted { $0.count > $1.count }
    }

    /// Header values and body without the secrets.
    package func hidden(in response: HTTPResponse) -> HTTPResponse {
        var result = response
        if let body = replaced(response.body) { result.body = body }
        let fields = response.headers.fields.map { field in
            replaced(Array(field.value.utf8)).map {
                HTTPHeaders.Field(field.name, String(decoding: $0, as: UTF8.self))
            } ?? field
        }
        if fields != response.headers.fields { result.headers = HTTPHeaders(fields) }
        return result
    }

    package func hidden(in text: String) -> String {
        replaced(Array(text.utf8)).map { String(decoding: $0, as: UTF8.self) } ?? text
    }

    /// nil when there is nothing to replace, which costs one look at each byte.
    private func replaced(_ bytes: [UInt8]) -> [UInt8]? {
        var result: [UInt8]?
        for text in texts {
            let source = result ?? bytes
            if let changed = Self.replacing(text, in: source) { result = changed }
        }
        return result
    }

    private static func replacing(_ text: [UInt8], in source: [UInt8]) -> [UInt8]? {
        guard source.count >= text.count else { return nil }
        var out: [UInt8] = []
        var copied = 0
        var index = 0
        let last = source.count - text.count
        while index <= last {
            if source[index] == text[0], source[index..<(index + text.count)].elementsEqual(text) {
                out.append(contentsOf: source[copied..<index])
                out.append(contentsOf: replacement.utf8)
                index += text.count
                copied = index
            } else {
                index += 1
            }
        }
        guard copied > 0 else { return nil }
        out.append(contentsOf: source[copied...])
        return out
    }
}

extension SecretTexts {
    /// Everything secret that an administrator has entered, and what is sent in its place.
    init(of authentication: TargetAuthentication, issued: String?) {
        switch authentication {
        case .bearer(let token): self.init([token, issued].compactMap { $0 })
        case .clientCredentials(let client): self.init(of: client)
        case .workloadIdentity: self.init([])
        }
    }
}
