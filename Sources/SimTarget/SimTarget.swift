/// The embedded sample apps: products with a SCIM endpoint, roles by group, API keys and a page
/// of their team. They share nothing with the provisioning client but the SCIM grammar.
///
/// Refuses to know: Entra's directory, the provisioning engine, sockets and files.
/// Read first: `SampleApp.swift`, `State/SampleAppState.swift`, `SCIM/SCIMEndpoint.swift`.
