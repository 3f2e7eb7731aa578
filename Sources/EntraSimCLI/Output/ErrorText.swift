import SimCore
import SimErrors

/// Entries of the error catalogue as a person and as a machine read them.
enum ErrorText {
    static func list(_ entries: [AADSTSEntry]) -> String {
        var table = TextTable(["code", "name", "error", "status", "raised"], numeric: [3])
        for entry in entries {
            table.add([
                String(entry.code), entry.name, entry.oauthError.rawValue,
                String(entry.httpStatus), entry.trigger == .natural ? "naturally" : "on demand",
            ])
        }
        return table.text
    }

    static func text(_ entry: AADSTSEntry) -> String {
        Fields.text([
            ("error", "\(entry.label)  \(entry.name)"), ("text", entry.message),
            ("oauth error", entry.oauthError.rawValue), ("suberror", entry.suberror ?? ""),
            ("http status", String(entry.httpStatus)),
            ("shown on", entry.surfaces.map(\.rawValue).joined(separator: ", ")),
            ("raised", entry.trigger == .natural ? "naturally" : "on demand"),
            ("when", entry.condition ?? ""), ("remedy", entry.remedy ?? ""),
            ("known from", entry.confidence.rawValue),
        ])
    }

    static func json(_ entry: AADSTSEntry) -> JSONValue {
        var object: JSONObject = [
            "code": .int(Int64(entry.code)), "name": .string(entry.name),
            "error": .string(entry.oauthError.rawValue),
        ]
        object.appendIfPresent("suberror", entry.suberror)
        object.append("httpStatus", .int(Int64(entry.httpStatus)))
        object.append("message", .string(entry.message))
        object.append("surface", JSONValue(strings: entry.surfaces.map(\.rawValue)))
        object.append("trigger", .string(entry.trigger.rawValue))
        object.appendIfPresent("condition", entry.condition)
        object.appendIfPresent("remedy", entry.remedy)
        object.append("confidence", .string(entry.confidence.rawValue))
        return .object(object)
    }
}
