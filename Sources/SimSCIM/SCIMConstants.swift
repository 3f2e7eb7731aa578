/// The names that SCIM messages and resources carry in `schemas`. RFC 7643 §8.7, RFC 7644 §3, §4.
package enum SCIMURN {
    package static let user = "urn:ietf:params:scim:schemas:core:2.0:User"
    package static let enterpriseUser =
        "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"
    package static let group = "urn:ietf:params:scim:schemas:core:2.0:Group"
    package static let schema = "urn:ietf:params:scim:schemas:core:2.0:Schema"
    package static let resourceType = "urn:ietf:params:scim:schemas:core:2.0:ResourceType"
    package static let serviceProviderConfig =
        "urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig"
    package static let listResponse = "urn:ietf:params:scim:api:messages:2.0:ListResponse"
    package static let searchRequest = "urn:ietf:params:scim:api:messages:2.0:SearchRequest"
    package static let patchOp = "urn:ietf:params:scim:api:messages:2.0:PatchOp"
    package static let error = "urn:ietf:params:scim:api:messages:2.0:Error"
    package static let bulkRequest = "urn:ietf:params:scim:api:messages:2.0:BulkRequest"

    /// Every resource schema above starts like this; extensions of customers do too.
    package static let schemaPrefix = "urn:ietf:params:scim:schemas:"
}

/// The media type of SCIM bodies. RFC 7644 §8.1; the engine's captures: provisioning.md §7.1.
package enum SCIMMediaType {
    package static let scim = "application/scim+json"
    package static let scimUTF8 = "application/scim+json; charset=utf-8"
}

/// Comparison of names that SCIM declares case-insensitive. RFC 7643 §2.1.
package enum SCIMName {
    /// ASCII comparison without case and without allocation.
    package static func isSame(_ left: some StringProtocol, _ right: some StringProtocol) -> Bool {
        guard left.utf8.count == right.utf8.count else { return false }
        return zip(left.utf8, right.utf8).allSatisfy { lower($0) == lower($1) }
    }

    private static func lower(_ byte: UInt8) -> UInt8 {
        byte >= 65 && byte <= 90 ? byte | 0x20 : byte
    }
}
