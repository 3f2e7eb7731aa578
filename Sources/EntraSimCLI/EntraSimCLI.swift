/// The command line: arguments in, text and an exit code out.
///
/// Refuses to know: sockets, threads, the terminal, how a simulator is built; it reaches them
/// through three seams (`Shell`, `ControlTransport`, `SimulatorLauncher`).
/// Read first: `CommandLineTool.swift`, `Command.swift`, `CommandTree.swift`.
