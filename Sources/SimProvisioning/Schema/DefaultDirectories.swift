import SimCore

// The attributes of both sides of a custom SCIM app. mapping-expressions.md §11.
extension SynchronizationSchema {
    static var sourceUser: ObjectDefinition {
        ObjectDefinition(
            name: ObjectNames.user,
            metadata: [
                .init("IsSoftDeletionSupported", "true"),
                .init("ConnectorDataStorageRequired", "true"),
                .init("IsSynchronizeAllSupported", "true"),
                .init("PropertyNameAccountEnabled", "accountEnabled"),
                .init("PropertyNameSoftDeleted", "IsSoftDeleted"),
            ],
            attributes: [
                AttributeDefinition("objectId", isAnchor: true),
                AttributeDefinition("IsSoftDeleted", .boolean, isRequired: true),
                AttributeDefinition("accountEnabled", .boolean, isRequired: true),
                AttributeDefinition("appRoleAssignments", .reference),
                AttributeDefinition("city"),
                AttributeDefinition("companyName"),
                AttributeDefinition("country"),
                AttributeDefinition("department"),
                AttributeDefinition("dirSyncEnabled", .boolean),
                AttributeDefinition("displayName", isRequired: true),
                AttributeDefinition("employeeId"),
            ] + (1...15).map { AttributeDefinition("extensionAttribute\($0)") } + [
                AttributeDefinition("facsimileTelephoneNumber"),
                AttributeDefinition("givenName"),
                AttributeDefinition("jobTitle"),
                AttributeDefinition("mail"),
                AttributeDefinition("mailNickname"),
                AttributeDefinition(
                    "manager", .reference, referencedObjects: [ObjectNames.user]),
                AttributeDefinition("mobile"),
                AttributeDefinition("onPremisesSecurityIdentifier"),
                AttributeDefinition("originalUserPrincipalName"),
                AttributeDefinition("passwordProfile.password", isRequired: true),
                AttributeDefinition("physicalDeliveryOfficeName"),
                AttributeDefinition("postalCode"),
                AttributeDefinition("preferredLanguage", isRequired: true),
                AttributeDefinition("proxyAddresses", isMultivalued: true),
                AttributeDefinition("state"),
                AttributeDefinition("streetAddress"),
                AttributeDefinition("surname", isRequired: true),
                AttributeDefinition("telephoneNumber"),
                AttributeDefinition("userPrincipalName", isRequired: true),
            ])
    }

    static var sourceGroup: ObjectDefinition {
        ObjectDefinition(
            name: ObjectNames.group,
            metadata: [
                .init("IsSoftDeletionSupported", "false"),
                .init("ConnectorDataStorageRequired", "true"),
                .init("IsSynchronizeAllSupported", "true"),
                .init("PropertyNameSoftDeleted", "IsSoftDeleted"),
            ],
            attributes: [
                AttributeDefinition("objectId", isRequired: true, isAnchor: true),
                AttributeDefinition("appRoleAssignments", .reference),
                AttributeDefinition("description"),
                AttributeDefinition("displayName"),
                AttributeDefinition("mail"),
                AttributeDefinition("mailEnabled", .boolean),
                AttributeDefinition("mailNickname"),
                AttributeDefinition(
                    "members", .reference, isMultivalued: true,
                    referencedObjects: [ObjectNames.group, ObjectNames.user]),
                AttributeDefinition("proxyAddresses", isMultivalued: true),
                AttributeDefinition("securityEnabled", .boolean),
            ])
    }

    static var targetUser: ObjectDefinition {
        let plain = [
            "externalId", "displayName", "title", "preferredLanguage", "name.formatted",
            "name.givenName", "name.familyName", "emails[type eq \"work\"].value",
            "addresses[type eq \"work\"].formatted", "addresses[type eq \"work\"].streetAddress",
            "addresses[type eq \"work\"].locality", "addresses[type eq \"work\"].region",
            "addresses[type eq \"work\"].postalCode", "addresses[type eq \"work\"].country",
            "phoneNumbers[type eq \"work\"].value", "phoneNumbers[type eq \"mobile\"].value",
            "phoneNumbers[type eq \"fax\"].value", "roles[primary eq \"True\"].display",
            "roles[primary eq \"True\"].type", "roles[primary eq \"True\"].value",
            ObjectNames.enterpriseUser + ":employeeNumber",
            ObjectNames.enterpriseUser + ":department",
            ObjectNames.enterpriseUser + ":costCenter",
            ObjectNames.enterpriseUser + ":division",
            ObjectNames.enterpriseUser + ":organization",
        ]
        return ObjectDefinition(
            name: ObjectNames.enterpriseUser, metadata: targetMetadata(softDeletion: "true"),
            attributes: [
                AttributeDefinition("id", isAnchor: true),
                AttributeDefinition("active", .boolean),
                AttributeDefinition("userName", isRequired: true),
            ] + plain.map { AttributeDefinition($0) } + [
                AttributeDefinition(
                    ObjectNames.enterpriseUser + ":manager", .reference,
                    referencedObjects: [ObjectNames.enterpriseUser])
            ])
    }

    static var targetGroup: ObjectDefinition {
        ObjectDefinition(
            name: ObjectNames.coreGroup, metadata: targetMetadata(softDeletion: "false"),
            attributes: [
                AttributeDefinition("id", isAnchor: true),
                AttributeDefinition("displayName", isRequired: true),
                AttributeDefinition("externalId"),
                AttributeDefinition(
                    "members", .reference, isMultivalued: true,
                    referencedObjects: [ObjectNames.enterpriseUser, ObjectNames.coreGroup]),
            ])
    }

    private static func targetMetadata(softDeletion: String) -> [FormFields.Field] {
        [
            .init("IsSoftDeletionSupported", softDeletion),
            .init("ConnectorDataStorageRequired", "true"),
            .init("IsSynchronizeAllSupported", "true"),
        ]
    }
}
