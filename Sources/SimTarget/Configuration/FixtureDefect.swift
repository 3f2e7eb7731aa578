import SimCore

/// A defect that is on from the start, as the fixture writes it. What the settings mean is decided
/// where fault rules are; this remembers the place for a complaint.
package struct FixtureDefect: Hashable, Sendable {
    package let name: AppDefect.Name
    /// `true`, a rate, or an object of conditions.
    package let settings: JSONValue
    private let file: String
    private let line: Int
    private let path: String

    /// The `defects` of a fixture, in the order of the vocabulary.
    ///
    /// - Parameter document: the whole fixture.
    static func all(_ document: FixtureObject) throws(SampleAppProblem) -> [FixtureDefect] {
        guard document.value("defects") != nil else { return [] }
        let child = try document.child("defects", keys: AppDefect.Name.allCases.map(\.rawValue))
        return AppDefect.Name.allCases.compactMap { name in
            guard let settings = child.value(name.rawValue), settings != false else { return nil }
            let place = child.problem(name.rawValue, "")
            return FixtureDefect(
                name: name, settings: settings, file: place.file, line: place.line,
                path: place.path)
        }
    }

    /// A complaint about this entry.
    package func problem(_ reason: String, hint: String?) -> SampleAppProblem {
        SampleAppProblem(file: file, line: line, path: path, reason: reason, hint: hint)
    }
}
