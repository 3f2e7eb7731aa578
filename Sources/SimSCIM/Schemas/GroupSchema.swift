extension SCIMSchema {
    /// The group. RFC 7643 §4.2, §8.7.1; `displayName` is unique, as Entra needs to match by it.
    package static let group = SCIMSchema(
        id: SCIMURN.group, name: "Group", summary: "Group",
        attributes: [
            SCIMAttribute("displayName", "Name of the group. Compared without case.").with {
                $0.isRequired = true
                $0.uniqueness = .server
            },
            .externalID, .members,
        ])
}

extension SCIMAttribute {
    package static let members = SCIMAttribute("members", .complex, "Members of the group").with {
        $0.isMultiValued = true
        $0.subAttributes = [
            SCIMAttribute("value", "Id of the member").with {
                $0.mutability = .immutable
                $0.isCaseExact = true
            },
            SCIMAttribute("$ref", .reference, "Address of the member").with {
                $0.mutability = .immutable
                $0.referenceTypes = ["User", "Group"]
            },
            SCIMAttribute("display", "Name of the member").with { $0.mutability = .readOnly },
            SCIMAttribute.type(["User", "Group"]).with { $0.mutability = .immutable },
        ]
    }
}
