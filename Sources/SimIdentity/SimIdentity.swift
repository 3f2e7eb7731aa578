/// The login endpoint: discovery, keys, authorize with its pages, token, userinfo, logout.
///
/// Every answer is a function of request, directory snapshot and time; what must be written comes
/// back as events, and the answer is made after they are written.
/// Refuses to know: sockets, files, clocks, provisioning, faults.
/// Read first: `IdentityPlatform.swift`, `Token/TokenEndpoint.swift`,
/// `Authorization/AuthorizationEndpoint.swift`.
