/// A refusal: a row of the catalogue with its arguments. The protocol's answer, never a failure.
package struct AADSTSError: Error, Hashable, Sendable {
    /// The value of one placeholder.
    package enum Argument: Hashable, Sendable {
        case text(String)
        /// Printed on pages, hidden in bodies that end in logs. Source: aadsts.md §1.1.
        case personal(String)
    }

    /// What an injected fault may change; nil keeps the catalogue's value.
    package struct Overrides: Hashable, Sendable {
        package var oauthError: OAuthErrorName?
        package var suberror: String?
        package var httpStatus: Int?
        /// Template without prefix.
        package var message: String?
        /// The whole `claims` text.
        package var claims: String?
        package var retryAfterSeconds: Int?

        package init() {}
    }

    package let entry: AADSTSEntry
    package let arguments: [String: Argument]
    package var overrides = Overrides()

    /// The number without prefix.
    package var code: Int { entry.code }

    /// Any entry by number, for injection; placeholders without an argument stay as written.
    package init(entry: AADSTSEntry, arguments: [String: Argument] = [:]) {
        self.entry = entry
        self.arguments = arguments
    }

    /// A refusal raised by our own code: its number is in the catalogue, which a test proves.
    init(_ code: Int, _ arguments: [String: Argument] = [:]) {
        guard let entry = AADSTSCatalogue.entry(code) else {
            preconditionFailure("\(code) is not in the catalogue")
        }
        self.init(entry: entry, arguments: arguments)
    }

    /// The same refusal with one of the catalogue's other texts, when it has that one.
    func saying(_ variant: AADSTSEntry.MessageVariant) -> Self {
        var error = self
        error.overrides.message = entry.messageVariants[variant]
        return error
    }

    /// The same refusal under another `error` value.
    func named(_ name: OAuthErrorName) -> Self {
        var error = self
        error.overrides.oauthError = name
        return error
    }

    /// The message without prefix.
    ///
    /// - Parameter hidesPersonalData: prints `{EUII Hidden}` where a page shows a user's name.
    package func message(hidesPersonalData: Bool) -> String {
        fill(overrides.message ?? entry.message, hidesPersonalData: hidesPersonalData)
    }

    /// `AADSTS50034: …` with names spelled out: what a page or a terminal shows.
    package var pageText: String { entry.label + ": " + message(hidesPersonalData: false) }

    func fill(_ template: String, hidesPersonalData: Bool) -> String {
        MessageTemplate(template).filled { name in
            switch arguments[String(name)] {
            case .text(let value): value
            case .personal(let value): hidesPersonalData ? "{EUII Hidden}" : value
            case nil: nil
            }
        }
    }
}

extension AADSTSError.Argument: ExpressibleByStringLiteral {
    package init(stringLiteral value: String) { self = .text(value) }
}

extension AADSTSError: CustomStringConvertible {
    package var description: String { pageText }
}
