import SimCore

/// The SCIM exchanges of one cycle, normalised: two cycles over the same directory and the same
/// target give the same cassette, byte for byte. Secrets, target ids and times are not in it.
package struct Cassette: Hashable, Sendable {
    /// Version of the file's form; another one is refused.
    package static let version = 1
    /// Calls of one recording; the rest of a longer cycle is left out, and the file says so.
    package static let exchangeLimit = 50_000
    /// Bytes of all requests and answers of one recording, and of a file that is read.
    package static let byteLimit = 64 << 20

    package let app: String
    package let kind: CycleKind
    /// Every call of the cycle is in it.
    package let isComplete: Bool
    /// By object in the order of the cycle, then in the order sent.
    package let exchanges: [CassetteExchange]

    package init(
        app: String, kind: CycleKind, isComplete: Bool = true, exchanges: [CassetteExchange]
    ) {
        self.app = app
        self.kind = kind
        self.isComplete = isComplete
        self.exchanges = exchanges
    }
}

/// One call of a cassette with its answer.
package struct CassetteExchange: Hashable, Sendable {
    /// What a call is for.
    package enum Operation: String, CaseIterable, Sendable {
        case probe, match, read, create, update, delete, manager, members
    }

    /// Whom a call is about.
    package struct Subject: Hashable, Sendable {
        package let kind: ObjectKey.Kind
        package let id: String
        /// User principal name, or a group's display name.
        package let name: String

        package init(kind: ObjectKey.Kind, id: String, name: String) {
            self.kind = kind
            self.id = id
            self.name = name
        }
    }

    package enum Answer: Hashable, Sendable {
        case response(status: Int, headers: JSONObject, body: JSONValue?)
        /// Why there was none.
        case failure(String)
    }

    /// nil for a probe.
    package let subject: Subject?
    package let operation: Operation
    package let method: String
    /// Path and query below the tenant URL.
    package let path: String
    /// Names and values in the order sent.
    package let headers: JSONObject
    /// JSON, or the text of something that is none; nil when empty.
    package let body: JSONValue?
    package let answer: Answer

    package init(
        subject: Subject?, operation: Operation, method: String, path: String,
        headers: JSONObject, body: JSONValue?, answer: Answer
    ) {
        self.subject = subject
        self.operation = operation
        self.method = method
        self.path = path
        self.headers = headers
        self.body = body
        self.answer = answer
    }
}
