import SimCore

extension AppRegistration.AppRole {
    /// The two roles of an application made with "Create your own". Their ids are the same in
    /// every tenant (unverified).
    package static let nonGalleryRoles: [Self] = [
        ("18d14569-c3bd-439b-9a66-3a2aee01d14f", "User"),
        ("b9632174-c057-4f7e-951b-be3adc52bfe6", "msiam_access"),
    ].compactMap { id, name in
        AppRoleID(id).map {
            Self(id: $0, value: nil, displayName: name, allowedMemberTypes: [.user])
        }
    }
}

extension ServicePrincipal {
    /// Tags of an enterprise app made with "Create your own". identity-platform.md §5.2.
    package static let nonGalleryTags = [
        "WindowsAzureActiveDirectoryIntegratedApp",
        "WindowsAzureActiveDirectoryCustomSingleSignOnApplication",
    ]
}

extension ProvisioningConfiguration {
    /// `scim.{tenant without dashes}.{guid}`. provisioning.md §1.1.
    package static func jobID(tenant: TenantID, template: String, guid: GUID) -> String {
        "\(template).\(tenant.guid.undashed).\(guid)"
    }
}

extension AppRegistration.RedirectURI {
    /// Whether a text has a scheme and something after it; no more is asked of a custom scheme.
    package static func isAbsolute(_ uri: String) -> Bool {
        guard let colon = uri.firstIndex(of: ":") else { return false }
        let scheme = uri[..<colon].utf8
        let isScheme = scheme.allSatisfy {
            (65...90).contains($0) || (97...122).contains($0) || (48...57).contains($0)
                || $0 == UInt8(ascii: "+") || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: ".")
        }
        let rest = uri[uri.index(after: colon)...]
        guard isScheme, let first = scheme.first, first > 57 else { return false }
        let isWeb = scheme.count <= 5 && (uri.hasPrefix("http:") || uri.hasPrefix("https:"))
        let host = rest.dropFirst(2).prefix { $0 != "/" && $0 != "?" && $0 != "#" }
        return isWeb ? rest.hasPrefix("//") && !host.isEmpty : !rest.isEmpty
    }
}
