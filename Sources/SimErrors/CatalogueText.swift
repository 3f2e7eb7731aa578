/// Reads the catalogue's text: blocks separated by empty lines; the first line of a block is number
/// and name, every further line a key and its value.
enum CatalogueText {
    /// The entries of `text` in the order written. A malformed block is our own mistake.
    static func entries(_ text: String) -> [AADSTSEntry] {
        var entries: [AADSTSEntry] = []
        var block = Block()
        for line in text.utf8.split(separator: 10, omittingEmptySubsequences: false) {
            guard !line.isEmpty else {
                entries.append(block.entry())
                block = Block()
                continue
            }
            let space = line.firstIndex(of: 32) ?? line.endIndex
            let key = String(Substring(line[..<space]))
            let rest = line[space...].dropFirst()
            block.add(key, String(Substring(rest)))
        }
        entries.append(block.entry())
        return entries
    }

    /// The lines of one entry, collected until the block ends.
    private struct Block {
        private var code = 0
        private var name = ""
        private var form: [Substring] = []
        private var surfaces: [AADSTSEntry.Surface] = []
        private var standing: [Substring] = []
        private var message = ""
        private var condition: String?
        private var remedy: String?
        private var errors: [AADSTSEntry.ErrorVariant: OAuthErrorName] = [:]
        private var messages: [AADSTSEntry.MessageVariant: String] = [:]
        private var claims: String?
        private var hasErrorURI = true
        private var extraFields: [AADSTSEntry.ExtraField] = []
        private var neverRedirects = false
        private var notes: [String] = []

        mutating func add(_ key: String, _ value: String) {
            switch key {
            case "as": form = value.split(separator: " ")
            case "on":
                surfaces = value.split(separator: " ").compactMap {
                    AADSTSEntry.Surface(rawValue: String($0))
                }
            case "is": standing = value.split(separator: " ")
            case "message": message = value
            case "when": condition = value
            case "remedy": remedy = value
            case "claims":
                claims = value == "-" ? AADSTSCatalogue.policyClaimsTemplate : value
            case "errorUri": hasErrorURI = false
            case "neverRedirect": neverRedirects = true
            case "note": notes.append(value)
            case "extraField":
                let parts = value.split(separator: " ", maxSplits: 1)
                extraFields.append(.init(name: String(parts[0]), template: String(parts[1])))
            default: addVariant(key, value)
            }
        }

        private mutating func addVariant(_ key: String, _ value: String) {
            if let variant = AADSTSEntry.ErrorVariant(rawValue: key) {
                errors[variant] = OAuthErrorName(rawValue: value)
            } else if let variant = AADSTSEntry.MessageVariant(rawValue: key) {
                messages[variant] = value
            } else if let number = Int(key) {
                code = number
                name = value
            } else {
                preconditionFailure("the catalogue has an unknown key '\(key)' at \(code)")
            }
        }

        func entry() -> AADSTSEntry {
            guard form.count == 3, standing.count == 3, let status = Int(form[1]),
                let trigger = AADSTSEntry.Trigger(rawValue: String(standing[0])),
                let confidence = AADSTSEntry.Confidence(rawValue: String(standing[1])),
                let source = AADSTSEntry.MessageSource(rawValue: String(standing[2]))
            else { preconditionFailure("the catalogue's entry \(code) is malformed") }
            return AADSTSEntry(
                code: code, name: name, oauthError: OAuthErrorName(rawValue: String(form[0])),
                suberror: form[2] == "-" ? nil : String(form[2]), httpStatus: status,
                surfaces: surfaces, trigger: trigger, confidence: confidence,
                messageSource: source, message: message, condition: condition, remedy: remedy,
                errorVariants: errors, messageVariants: messages, claimsTemplate: claims,
                hasErrorURI: hasErrorURI, extraFields: extraFields,
                neverRedirects: neverRedirects, notes: notes)
        }
    }
}
