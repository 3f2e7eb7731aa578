import SimCore

/// One thing wrong in a fixture file, with its place.
package struct FixtureProblem: Error, Hashable, Sendable {
    /// What is wrong; the texts for people are made from it.
    package enum Reason: Hashable, Sendable {
        case notJSON(String)
        case unknownKey(String)
        case missingKey(String)
        case duplicateKey(String)
        case wrongKind(expected: String, found: String)
        case notOneOf([String], found: String)
        case notA(String, found: String)
        case empty
        case unknownReference(kind: String, name: String)
        case ambiguousReference(kind: String, name: String)
        case duplicate(kind: String, name: String)
        case domainNotVerified(String)
        case managerCycle(String)
        case selfReference(String)
        /// Two keys of which only one may be there.
        case excludes(String, String)
        case unreadable(String)
        /// The service has it, the simulator has not.
        case notSimulated
        /// One thing only goes together with another.
        case needs(String, String)
    }

    /// Path of the file as given by whoever reads it.
    package let file: String
    /// 1-based; 0 when the problem is not at a place inside the file.
    package let line: Int
    package let column: Int
    /// `users[3].manager`
    package let keyPath: String
    package let reason: Reason
    /// The known name that may have been meant.
    package let nearest: String?

    package init(
        file: String, line: Int, column: Int, keyPath: String, reason: Reason,
        nearest: String? = nil
    ) {
        self.file = file
        self.line = line
        self.column = column
        self.keyPath = keyPath
        self.reason = reason
        self.nearest = nearest
    }

    package var message: String {
        switch reason {
        case .notJSON(let explanation): "not JSON: \(explanation)"
        case .unknownKey(let key): "unknown key \"\(key)\""
        case .missingKey(let key): "key \"\(key)\" is missing"
        case .duplicateKey(let key): "key \"\(key)\" is there twice"
        case .wrongKind(let expected, let found): "expected \(expected), found \(found)"
        case .notOneOf(let known, let found):
            "\"\(found)\" is not one of \(known.map { "\"\($0)\"" }.joined(separator: ", "))"
        case .notA(let expected, let found): "\"\(found)\" is not \(expected)"
        case .empty: "must not be empty"
        case .unknownReference(let kind, let name): "no \(kind) \"\(name)\""
        case .ambiguousReference(let kind, let name):
            "more than one \(kind) is named \"\(name)\""
        case .duplicate(let kind, let name): "\(kind) \"\(name)\" is there twice"
        case .domainNotVerified(let name): "\"\(name)\" is not in one of this tenant's domains"
        case .managerCycle(let name): "\"\(name)\" reports to itself"
        case .selfReference(let name): "\"\(name)\" cannot be a member of itself"
        case .excludes(let one, let other): "\"\(one)\" and \"\(other)\" exclude each other"
        case .notSimulated: "is not simulated; leave it out"
        case .needs(let what, let need): "\"\(what)\" needs \(need)"
        case .unreadable(let why): "cannot be read: \(why)"
        }
    }

    package var hint: String? { nearest.map { "did you mean \"\($0)\"?" } }

    /// `tenants/contoso/tenant.json:12:7: users[3].manager: no user "…"`
    package var text: String {
        let place = line > 0 ? "\(file):\(line):\(column)" : file
        return place + (keyPath.isEmpty ? "" : ": \(keyPath)") + ": \(message)"
    }
}

extension [JSONStep] {
    /// `users[3].manager`
    var keyPath: String {
        var text = ""
        for step in self {
            switch step {
            case .key(let name): text += (text.isEmpty ? "" : ".") + name
            case .index(let index): text += "[\(index)]"
            }
        }
        return text
    }
}
