extension SCIMSchema {
    /// The core user. RFC 7643 §4.1, §8.7.1, with `externalId`, which validators look for here.
    package static let user = SCIMSchema(
        id: SCIMURN.user, name: "User", summary: "User account",
        attributes: [
            SCIMAttribute(
                "userName", "Unique name the person signs in with. Compared without case."
            ).with {
                $0.isRequired = true
                $0.uniqueness = .server
            },
            .externalID, .name,
            SCIMAttribute("displayName", "Name shown to people"),
            SCIMAttribute("nickName", "Casual name"),
            SCIMAttribute("profileUrl", .reference, "Address of the person's page").with {
                $0.referenceTypes = ["external"]
            },
            SCIMAttribute("title", "Job title"),
            SCIMAttribute("userType", "Relation to the organisation, such as Contractor"),
            SCIMAttribute("preferredLanguage", "Preferred language, such as en-GB"),
            SCIMAttribute("locale", "Locale for dates and numbers, such as en-GB"),
            SCIMAttribute("timezone", "Time zone, such as Europe/London"),
            SCIMAttribute("active", .boolean, "Whether the account may be used"),
            SCIMAttribute("password", "Initial password; never returned").with {
                $0.mutability = .writeOnly
                $0.returned = .never
                $0.isCaseExact = true
            },
            .list("emails", of: .string, "E-mail addresses", types: ["work", "home", "other"]),
            .list(
                "phoneNumbers", of: .string, "Telephone numbers",
                types: ["work", "home", "mobile", "fax", "pager", "other"]),
            .list(
                "ims", of: .string, "Instant messaging addresses",
                types: ["aim", "gtalk", "icq", "xmpp", "msn", "skype", "qq", "yahoo"]),
            .list("photos", of: .reference, "Pictures", types: ["photo", "thumbnail"]),
            .addresses, .groups,
            .list("entitlements", of: .string, "Entitlements", types: []),
            .list("roles", of: .string, "Roles", types: []),
            .list("x509Certificates", of: .binary, "Certificates", types: []),
        ])

    /// The enterprise extension. RFC 7643 §4.3, §8.7.1.
    package static let enterpriseUser = SCIMSchema(
        id: SCIMURN.enterpriseUser, name: "EnterpriseUser", summary: "Enterprise user",
        attributes: [
            SCIMAttribute("employeeNumber", "Number of the employee"),
            SCIMAttribute("costCenter", "Cost centre"),
            SCIMAttribute("organization", "Organisation"),
            SCIMAttribute("division", "Division"),
            SCIMAttribute("department", "Department"),
            SCIMAttribute("manager", .complex, "The person's manager").with {
                $0.subAttributes = [
                    SCIMAttribute("value", "Id of the manager's resource").with {
                        $0.isCaseExact = true
                    },
                    SCIMAttribute("$ref", .reference, "Address of the manager's resource").with {
                        $0.referenceTypes = ["User"]
                    },
                    SCIMAttribute("displayName", "Name of the manager").with {
                        $0.mutability = .readOnly
                    },
                ]
            },
        ])
}

extension SCIMAttribute {
    init(_ name: String, _ summary: String) {
        self.init(name, .string, summary)
    }

    static let externalID = SCIMAttribute("externalId", "Identifier given by the client").with {
        $0.isCaseExact = true
    }

    fileprivate static let name = SCIMAttribute("name", .complex, "Parts of the name").with {
        $0.subAttributes = [
            SCIMAttribute("formatted", "Full name, formatted for display"),
            SCIMAttribute("familyName", "Family name"),
            SCIMAttribute("givenName", "Given name"),
            SCIMAttribute("middleName", "Middle names"),
            SCIMAttribute("honorificPrefix", "Title, such as Dr"),
            SCIMAttribute("honorificSuffix", "Suffix, such as III"),
        ]
    }

    fileprivate static let addresses = SCIMAttribute("addresses", .complex, "Postal addresses")
        .with {
            $0.isMultiValued = true
            $0.subAttributes = [
                SCIMAttribute("formatted", "Full address, formatted for display"),
                SCIMAttribute("streetAddress", "Street and number"),
                SCIMAttribute("locality", "City"),
                SCIMAttribute("region", "State or region"),
                SCIMAttribute("postalCode", "Postal code"),
                SCIMAttribute("country", "Country, ISO 3166-1 alpha-2"),
                .type(["work", "home", "other"]), .primary,
            ]
        }

    fileprivate static let groups = SCIMAttribute("groups", .complex, "Groups of the person")
        .with {
            $0.isMultiValued = true
            $0.mutability = .readOnly
            $0.subAttributes = [
                SCIMAttribute("value", "Id of the group").with {
                    $0.mutability = .readOnly
                    $0.isCaseExact = true
                },
                SCIMAttribute("$ref", .reference, "Address of the group").with {
                    $0.mutability = .readOnly
                    $0.referenceTypes = ["Group"]
                },
                SCIMAttribute("display", "Name of the group").with { $0.mutability = .readOnly },
                .type(["direct", "indirect"]).with { $0.mutability = .readOnly },
            ]
        }

    /// A multi-valued complex attribute with the default sub-attributes of RFC 7643 §2.4.
    fileprivate static func list(
        _ name: String, of kind: Kind, _ summary: String, types: [String]
    ) -> SCIMAttribute {
        SCIMAttribute(name, .complex, summary).with {
            $0.isMultiValued = true
            $0.subAttributes = [
                SCIMAttribute("value", kind, "The value").with {
                    $0.isCaseExact = kind == .binary
                    $0.referenceTypes = kind == .reference ? ["external"] : []
                },
                SCIMAttribute("display", "Name shown to people"), .type(types), .primary,
            ]
        }
    }

    static func type(_ values: [String]) -> SCIMAttribute {
        SCIMAttribute("type", "What the value is for").with { $0.canonicalValues = values }
    }

    static let primary = SCIMAttribute(
        "primary", .boolean, "Whether this is the preferred value; true at most once")
}
