/// The embedded sample apps: a SCIM service provider with roles by group, API keys and a team page.
///
/// Refuses to know: Entra, directories, the provisioning client.
