/// What every other part stands on: time, identifiers, JSON, text codings, chance.
///
/// Refuses to know: sockets, files, the machine's clock, any protocol.
/// Read first: `Timestamp.swift`, `JSONValue.swift`, `RandomSource.swift`.
package enum SimCore {
    /// The version this build reports in `--version`, the ready-file and `/sim/v1/health`.
    package static let version = "0.1.0"
}
