/// The control API and the pages around it, as routes that turn requests into commands.
///
/// Refuses to know: sockets, files, how a command is carried out.
/// Read first: `ControlCommand.swift`, `ControlRoutes.swift`, `ControlEndpoint.swift`.
