/// The login endpoint as decisions: discovery, authorize, token, logout, userinfo, sign-in pages.
///
/// Refuses to know: sockets, files, provisioning.
