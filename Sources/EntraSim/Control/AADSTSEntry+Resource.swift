import SimCore
import SimErrors

extension AADSTSEntry {
    /// The entry as `/sim/v1/errors` shows it.
    var resource: JSONValue {
        var object: JSONObject = [
            "code": .int(Int64(code)), "label": .string(AADSTSCatalogue.label(code)),
            "name": .string(name), "message": .string(message),
        ]
        object.appendIfPresent("remedy", remedy)
        return .object(object)
    }
}
