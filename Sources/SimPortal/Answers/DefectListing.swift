import SimCore
import SimFaults

/// The defects of one app as the control API shows them.
package enum DefectListing {
    /// `{"target","value":[{"name","does","on","rule"}]}`, in the order of the vocabulary.
    package static func json(
        _ app: String, displayName: String, _ book: FaultBook, at now: Timestamp
    ) -> JSONValue {
        [
            "target": .string(app), "displayName": .string(displayName),
            "value": .array(
                AppDefect.Name.allCases.map { name in
                    json(
                        name, book.entries.first { $0.rule.defect(ofApp: app)?.name == name },
                        at: now)
                }),
        ]
    }

    /// - Parameter entry: the rule that gives the app the defect; nil while it has none.
    package static func json(
        _ name: AppDefect.Name, _ entry: FaultBook.Entry?, at now: Timestamp
    ) -> JSONValue {
        var object: JSONObject = [
            "name": .string(name.rawValue), "does": .string(name.summary),
            "on": .bool(entry.map { !$0.isSpent(at: now) } ?? false),
        ]
        if let entry { object.append("rule", FaultListing.json(entry, at: now)) }
        return .object(object)
    }
}
