import SimCore

/// Every number the service documents or was seen to send, addressable by number.
package enum AADSTSCatalogue {
    /// All entries by ascending number. Parsed once, at first use.
    package static let entries: [AADSTSEntry] = [
        entries16000To50056, entries50057To50155, entries50158To70003,
        entries70004To90002, entries90004To90119, entries90120To500113,
        entries500117To700025, entries700026To5002730, entries7000012To9002346,
    ].flatMap(CatalogueText.entries)

    private static let byCode: [Int: AADSTSEntry] = Dictionary(
        uniqueKeysWithValues: entries.map { ($0.code, $0) })

    /// The claims challenge of errors that carry one without a template of their own.
    /// Source: aadsts.md §1.1.
    static let policyClaimsTemplate =
        #"{"access_token":{"capolids":{"essential":true,"values":["{policyId}"]}}}"#

    /// What stands before every number in texts.
    static let prefix = "AADSTS"

    /// `AADSTS50034` for 50034.
    package static func label(_ code: Int) -> String { prefix + String(code) }

    /// The entry of a number; nil when the catalogue does not hold it.
    package static func entry(_ code: Int) -> AADSTSEntry? { byCode[code] }

    /// The number in a text that people type: `50034` or `AADSTS50034`, any case, spaces around.
    package static func code(in text: some StringProtocol) -> Int? {
        var digits = text.drop { $0 == " " }
        while digits.last == " " { digits = digits.dropLast() }
        if digits.count > prefix.count,
            digits.prefix(prefix.count).uppercased() == prefix
        {
            digits = digits.dropFirst(prefix.count)
        }
        guard (1...9).contains(digits.utf8.count), digits.utf8.allSatisfy({ 48...57 ~= $0 })
        else { return nil }
        return Int(String(digits))
    }

    /// The number spelled most like an unknown one; nil when none is near.
    package static func nearestCode(to code: Int) -> Int? {
        NearestName.of(String(code), in: entries.lazy.map { String($0.code) }).flatMap(Int.init)
    }
}
