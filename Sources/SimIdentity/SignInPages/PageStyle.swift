import SimCore
import SimCrypto
import SimHTTP

/// The style sheet of every page and the policy line that allows exactly it.
enum PageStyle {
    static let sheet = PageSheet.text

    /// `'sha256-…'` of the style sheet.
    static let source = PageStyle.source(of: sheet)

    /// The policy source that allows one inline text and no other. CSP Level 3 §6.7.2.
    static func source(of text: String) -> String {
        "'sha256-\(Base64.encode(SHA256.digest(Array(text.utf8))))'"
    }
}
