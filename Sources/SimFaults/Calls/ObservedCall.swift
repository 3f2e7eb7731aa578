import SimCore

/// One exchange as a check of the journal sees it: secrets are redacted before it is made.
package struct ObservedCall: Hashable, Sendable {
    /// Upper case.
    package let method: String
    /// Path and query as on the wire, secret values replaced.
    package let target: String
    /// nil when there was no answer.
    package let status: Int?
    /// Why there was none.
    package let failure: String?
    /// Request and answer as they are shown, for `contains`.
    package let text: String

    package init(
        method: String, target: String, status: Int?, failure: String? = nil, text: String = ""
    ) {
        self.method = method
        self.target = target
        self.status = status
        self.failure = failure
        self.text = text
    }

    var path: String { String(target.prefix { $0 != "?" }) }

    /// Everything but GET and HEAD changes something. RFC 9110 §9.2.1.
    package var isWrite: Bool { method != "GET" && method != "HEAD" }

    /// `POST /scim/Users 201`, or why there was no answer in place of the status.
    package var line: String {
        "\(method) \(path) \(status.map { String($0) } ?? failure ?? "no answer")"
    }
}
