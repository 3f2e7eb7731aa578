import SimCore
import SimHTTP

/// A form of a page as a browser reads it: where it goes, what it holds, what it asks for.
struct PageForm: Hashable, Sendable {
    let action: String
    /// Hidden fields with their values.
    let fields: FormFields
    /// Names of the fields a person fills in.
    let asked: Set<String>
    /// Names of the buttons that say which one was pressed.
    let buttons: Set<String>

    /// Every form of a page, in the page's order.
    static func all(in response: HTTPResponse) -> [PageForm] {
        let page = String(decoding: response.body, as: UTF8.self)
        return page.pieces(after: "<form ").map { piece in
            let form = piece.before("</form>")
            var fields = FormFields()
            var asked: Set<String> = []
            for input in form.pieces(after: "<input ") {
                let tag = input.before(">")
                guard let name = tag.attribute("name") else { continue }
                if tag.attribute("type") == "hidden" {
                    fields.append(name, tag.attribute("value") ?? "")
                } else {
                    asked.insert(name)
                }
            }
            let buttons = form.pieces(after: "<button ").compactMap {
                $0.before(">").attribute("name")
            }
            return PageForm(
                action: form.before(">").attribute("action") ?? "", fields: fields, asked: asked,
                buttons: Set(buttons))
        }
    }

    /// The code that the simulated authenticator shows on a page.
    static func simulatedCode(in response: HTTPResponse) -> String? {
        String(decoding: response.body, as: UTF8.self)
            .pieces(after: "id=\"simulated-code\">").first?.before("<")
    }

    /// The first heading of a page.
    static func heading(of response: HTTPResponse) -> String {
        let page = String(decoding: response.body, as: UTF8.self)
        let text = page.pieces(after: "<h1").first?.before("</h1>") ?? ""
        return (text.pieces(after: ">").first ?? "").unescaped
    }
}

extension String {
    /// What follows each occurrence of `mark`, up to the next one.
    fileprivate func pieces(after mark: String) -> [String] {
        var pieces: [String] = []
        var rest = self[...]
        while let place = rest.firstRange(ofText: mark) {
            rest = rest[place.upperBound...]
            let end = rest.firstRange(ofText: mark)?.lowerBound ?? rest.endIndex
            pieces.append(String(rest[..<end]))
        }
        return pieces
    }

    fileprivate func before(_ mark: String) -> String {
        let end = firstRange(ofText: mark)?.lowerBound ?? endIndex
        return String(self[..<end])
    }

    /// The value of an attribute of the tag this text is the inside of.
    fileprivate func attribute(_ name: String) -> String? {
        " \(self)".pieces(after: " \(name)=\"").first.map { $0.before("\"").unescaped }
    }

    fileprivate var unescaped: String {
        var text = self
        for (entity, character) in [
            ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&"),
        ] { text = text.replacing(text: entity, with: character) }
        return text
    }
}
