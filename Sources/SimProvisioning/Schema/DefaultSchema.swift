import SimCore

/// Names of the two object mappings every custom SCIM app starts with.
package enum ObjectNames {
    package static let sourceDirectory = "Microsoft Entra ID"
    package static let targetDirectory = "customappsso"
    package static let user = "User"
    package static let group = "Group"
    package static let enterpriseUser =
        "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"
    package static let coreUser = "urn:ietf:params:scim:schemas:core:2.0:User"
    package static let coreGroup = "urn:ietf:params:scim:schemas:core:2.0:Group"
    /// Beside the core one in new groups of jobs from before 2018. provisioning.md §7.5.
    static let legacyGroup =
        "http://schemas.microsoft.com/2006/11/ResourceManagement/ADSCIM/2.0/Group"
}

extension SynchronizationSchema {
    /// The schema of a new custom SCIM app. provisioning.md §8; mapping-expressions.md §11.
    package static func customApp(jobID: String, version: Timestamp) -> SynchronizationSchema {
        func stableID(_ purpose: String) -> GUID { GUID(seed: 0, name: jobID + "/" + purpose) }
        return SynchronizationSchema(
            id: jobID, version: "v1.0:" + version.iso8601(fractionDigits: 7),
            rules: [
                SynchronizationRule(
                    id: stableID("rule"), name: "USER_OUTBOUND_USER", priority: 1,
                    sourceDirectoryName: ObjectNames.sourceDirectory,
                    targetDirectoryName: ObjectNames.targetDirectory,
                    objectMappings: [defaultGroupMapping, defaultUserMapping])
            ],
            directories: [
                DirectoryDefinition(
                    id: stableID("source"), name: ObjectNames.sourceDirectory, isReadOnly: true,
                    objects: [sourceUser, sourceGroup]),
                DirectoryDefinition(
                    id: stableID("target"), name: ObjectNames.targetDirectory, isReadOnly: false,
                    objects: [targetUser, targetGroup]),
            ])
    }

    /// The 22 rows of the user mapping, in the portal's order. provisioning.md §8.
    package static var defaultUserMapping: ObjectMapping {
        ObjectMapping(
            name: "Provision Microsoft Entra ID Users", sourceObjectName: ObjectNames.user,
            targetObjectName: ObjectNames.enterpriseUser,
            attributeMappings: [
                direct("userPrincipalName", "userName", matching: 1),
                AttributeMapping(target: "active", source: .function(activeSwitch)),
                direct("displayName", "displayName"),
                direct("jobTitle", "title"),
                direct("mail", "emails[type eq \"work\"].value"),
                direct("preferredLanguage", "preferredLanguage"),
                direct("givenName", "name.givenName"),
                direct("surname", "name.familyName"),
                AttributeMapping(target: "name.formatted", source: .function(joinedName)),
                direct("physicalDeliveryOfficeName", "addresses[type eq \"work\"].formatted"),
                direct("streetAddress", "addresses[type eq \"work\"].streetAddress"),
                direct("city", "addresses[type eq \"work\"].locality"),
                direct("state", "addresses[type eq \"work\"].region"),
                direct("postalCode", "addresses[type eq \"work\"].postalCode"),
                direct("country", "addresses[type eq \"work\"].country"),
                direct("telephoneNumber", "phoneNumbers[type eq \"work\"].value"),
                direct("mobile", "phoneNumbers[type eq \"mobile\"].value"),
                direct("facsimileTelephoneNumber", "phoneNumbers[type eq \"fax\"].value"),
                direct("mailNickname", "externalId"),
                direct("employeeId", ObjectNames.enterpriseUser + ":employeeNumber"),
                direct("department", ObjectNames.enterpriseUser + ":department"),
                direct("manager", ObjectNames.enterpriseUser + ":manager"),
            ])
    }

    /// The 3 rows of the group mapping. provisioning.md §8.
    package static var defaultGroupMapping: ObjectMapping {
        ObjectMapping(
            name: "Provision Microsoft Entra ID Groups", sourceObjectName: ObjectNames.group,
            targetObjectName: ObjectNames.coreGroup,
            attributeMappings: [
                direct("displayName", "displayName", matching: 1),
                direct("objectId", "externalId"),
                direct("members", "members"),
            ])
    }

    private static func direct(
        _ source: String, _ target: String, matching: Int = 0
    ) -> AttributeMapping {
        AttributeMapping(target: target, source: .attribute(source), matchingPriority: matching)
    }

    /// `Switch([IsSoftDeleted], , "False", "True", "True", "False")`
    private static var activeSwitch: MappingExpression {
        .call(
            .switch,
            [
                .attribute("IsSoftDeleted"), nil, .text("False"), .text("True"), .text("True"),
                .text("False"),
            ])
    }

    /// `Join(" ", [givenName], [surname])`
    private static var joinedName: MappingExpression {
        .call(.join, [.text(" "), .attribute("givenName"), .attribute("surname")])
    }
}
