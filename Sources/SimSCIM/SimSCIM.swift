/// SCIM 2.0 as values: schemas, resources, filters, PATCH, list and error messages. RFC 7643, 7644.
///
/// Refuses to know: HTTP connections, Entra, who stores the resources.
/// Read first: `Filter/SCIMFilter.swift`, `Patch/PatchRequest.swift`, `Schemas/ResourceType.swift`.
