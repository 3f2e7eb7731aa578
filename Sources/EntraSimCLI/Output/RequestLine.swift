import SimErrors

/// The line `serve` prints for an answered request.
package enum RequestLine {
    /// `08:00:00  401  POST    /contoso/oauth2/v2.0/token  …7000215`, with a hint below a refusal.
    ///
    /// - Parameters:
    ///   - instant: ISO 8601; the line shows its time of day.
    ///   - target: path and query, secrets already replaced.
    package static func text(
        at instant: String, method: String, target: String, status: Int, errorCode: Int?,
        hint: String?
    ) -> String {
        var line = "\(instant.dropFirst(11).prefix(8))  \(status)  \(method)"
        line += String(repeating: " ", count: max(2, 8 - method.count))
        line += TextTable.oneLine(target)
        guard let errorCode else { return line }
        line += "  " + AADSTSCatalogue.label(errorCode)
        return hint.map { line + "\n          hint: " + TextTable.oneLine($0) } ?? line
    }
}
