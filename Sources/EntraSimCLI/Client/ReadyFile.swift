import SimCore

/// What the command line needs of a ready-file.
struct ReadyFile: Hashable, Sendable {
    let baseURL: String
    let controlToken: String
    let caFile: String?

    /// nil when the text is not a ready-file.
    init?(_ value: JSONValue) {
        // A public origin may lead past this machine; the listener never does.
        guard let baseURL = (value["listenerURL"] ?? value["baseURL"])?.stringValue,
            let controlToken = value["controlToken"]?.stringValue
        else { return nil }
        self.baseURL = baseURL.hasSuffix("/") ? String(baseURL.dropLast()) : baseURL
        self.controlToken = controlToken
        caFile = value["caFile"]?.stringValue
    }

    init?(_ bytes: [UInt8]) {
        // Whatever is not JSON is not a ready-file; the caller says which file it was.
        guard let value = try? JSONValue(parsing: bytes) else { return nil }
        self.init(value)
    }
}
