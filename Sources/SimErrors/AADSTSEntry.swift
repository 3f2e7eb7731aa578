/// One row of the catalogue: everything that belongs to a number, so that nothing can drift.
package struct AADSTSEntry: Hashable, Sendable {
    /// Where the service shows the error.
    package enum Surface: String, CaseIterable, Sendable {
        case authorizePage = "authorize-page"
        case authorizeRedirect = "authorize-redirect"
        case token
        case deviceCode = "devicecode"
        case saml
        case logout
    }

    /// Whether a state of the directory or a request raises it, or only an injected fault.
    package enum Trigger: String, CaseIterable, Sendable {
        case natural
        case onDemand = "on-demand"
    }

    /// How far number, error and status are known.
    package enum Confidence: String, CaseIterable, Sendable {
        case verifiedWire = "verified-wire"
        case documented
        case inferred
    }

    /// Where the text comes from: a capture, documentation, general knowledge.
    package enum MessageSource: String, CaseIterable, Sendable {
        case wire, docs, recall
    }

    /// Places whose `error` value may differ from the v2 token endpoint's.
    package enum ErrorVariant: String, CaseIterable, Sendable {
        case v1OAuthError, authorizeError, discoveryError, adminConsentError
    }

    /// Other real texts of the same number.
    package enum MessageVariant: String, CaseIterable, Sendable {
        case legacyMessage, longMessage, v1Message, msaMessage, expiredMessage
    }

    /// The number without prefix.
    package let code: Int
    package let name: String
    package let oauthError: OAuthErrorName
    package let suberror: String?
    /// JSON endpoint's status when it has one of those surfaces, else 200 (page) or 302.
    package let httpStatus: Int
    package let surfaces: [Surface]
    package let trigger: Trigger
    package let confidence: Confidence
    package let messageSource: MessageSource
    /// Template without prefix; `{name}` is a placeholder.
    package let message: String
    /// What raises it.
    package let condition: String?
    package let remedy: String?
    package let errorVariants: [ErrorVariant: OAuthErrorName]
    package let messageVariants: [MessageVariant: String]
    /// Template of the `claims` challenge the body carries; nil when it carries none.
    package let claimsTemplate: String?
    package let hasErrorURI: Bool
    /// Further members of the JSON body, name and template.
    package let extraFields: [ExtraField]
    /// Always a page, even when the redirect URI is trusted.
    package let neverRedirects: Bool
    package let notes: [String]

    /// A member only some bodies have.
    package struct ExtraField: Hashable, Sendable {
        package let name: String
        package let template: String
    }

    /// `AADSTS50034`: as people and pages write it.
    package var label: String { AADSTSCatalogue.label(code) }

    /// The names between braces in the message, in order of appearance, without repeats.
    package var placeholders: [String] { MessageTemplate(message).placeholders }

    /// The status of a JSON answer with this error.
    package var jsonStatus: Int {
        surfaces.contains(.token) || surfaces.contains(.deviceCode)
            ? httpStatus : oauthError.httpStatus
    }
}
