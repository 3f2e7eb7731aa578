import SimCore
import SimFaults
import SimHTTP
import SimIdentity

/// A refusal by the login endpoint, whichever form it has: JSON, a redirect, or a page.
struct SignInRefusal: Sendable {
    let outcome: DrillSignInOutcome

    /// nil when the answer refuses nothing.
    init?(_ response: HTTPResponse) {
        guard let code = response.refusalCode else { return nil }
        // A page is no JSON, and says what it has to say in its heading.
        let body = try? JSONValue(parsing: response.body)
        let redirect = Self.parameters(of: response)
        let description =
            body?["error_description"]?.stringValue ?? redirect?["error_description"]
            ?? PageForm.heading(of: response)
        outcome = DrillSignInOutcome(
            .refused, error: code,
            suberror: body?["suberror"]?.stringValue ?? redirect?["error_subcode"],
            Self.firstSentence(description))
    }

    /// Parameters of a redirect to an application, in query or fragment.
    static func parameters(of response: HTTPResponse) -> FormFields? {
        guard let location = response.headers["Location"],
            let start = location.firstIndex(where: { "?#".contains($0) })
        else { return nil }
        // What is not a form says nothing to the application either.
        return try? FormFields(parsing: location[location.index(after: start)...])
    }

    /// The sentence after the number, without the identifiers that follow every description.
    private static func firstSentence(_ text: String) -> String {
        let line = text.split(whereSeparator: \.isNewline).first.map { String($0) } ?? ""
        let end = line.firstRange(ofText: "Trace ID:")?.lowerBound ?? line.endIndex
        var rest = line[..<end]
        // The number is told already.
        let label = rest.prefix { $0 != " " }
        if label.hasSuffix(":"), label.contains(where: \.isNumber) {
            rest = rest.dropFirst(label.count + 1)
        }
        let stop = rest.firstRange(ofText: ". ")?.lowerBound ?? rest.endIndex
        var sentence = String(rest[..<stop])
        while let last = sentence.last, last == "." || last == " " { sentence.removeLast() }
        return sentence
    }
}
