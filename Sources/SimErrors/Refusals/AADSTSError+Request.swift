import SimCore

/// Refusals of a request's outer form: verb, tenant, grant type, parameters.
extension AADSTSError {
    /// - Parameter allowed: the endpoint's verbs in the order printed.
    package static func methodNotAllowed(allowed: [String], received: String) -> Self {
        .init(
            900_561,
            [
                "valid_verbs": .text(allowed.joined(separator: ", ")),
                "invalid_verb": .text(received),
            ])
    }

    /// No tenant has this GUID or domain. The path segment is printed as sent.
    package static func tenantNotFound(_ segment: String) -> Self {
        .init(90_002, ["tenant": .text(segment)])
    }

    /// The path segment cannot be a tenant: neither GUID nor DNS name.
    package static func tenantMalformed(_ segment: String) -> Self {
        .init(900_023, ["tenant": .text(segment)])
    }

    /// The path segment is the all-zero GUID.
    package static func tenantEmpty(_ segment: String) -> Self {
        .init(900_021, ["tenant": .text(segment)])
    }

    /// The request needs a tenant and names none: an app-only grant on `/common`.
    package static var noTenantInformation: Self { .init(50_059) }

    package static func missingParameter(_ name: String) -> Self {
        .init(900_144, ["name": .text(name)])
    }

    /// A field of the credential is missing: `scope` of client_credentials, `nonce` for an
    /// id_token.
    package static func missingField(_ name: String) -> Self {
        .init(90_014, ["name": .text(name)])
    }

    package static func unsupportedGrantType(_ value: String) -> Self {
        .init(70_003, ["grant_type": .text(value)])
    }

    /// `resource` on a v2 endpoint.
    package static var resourceParameterNotSupported: Self { .init(901_002) }

    /// The body is not a form, or a code cannot be read.
    package static var malformedRequest: Self { .init(9_002_313) }

    /// A body or query that cannot be parsed at all.
    package static var unreadableForm: Self { .init(9_002_313).named(.invalidRequest) }

    /// Instance discovery for a host that is not the service's.
    package static var unknownInstance: Self { .init(50_049) }
}
