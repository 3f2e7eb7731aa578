import SimCore
import SimDirectory
import SimProvisioning

/// An expression that is read prints as a text that is read and prints the same, its stored form
/// reads back as the same tree, and evaluating it ends within its step and length limits. Pattern
/// and date format inside the expression meet the same input.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let bytes = UnsafeBufferPointer(start: start, count: count)
    let text = String(decoding: bytes, as: UTF8.self)
    var settings = ExpressionSettings()
    settings.cloudSyncFunctions = true
    do {
        let tree = try ExpressionParser.parse(text, settings: settings)
        let again = try? ExpressionParser.parse(tree.description, settings: settings)
        // Escapes can make the printed form longer than an expression may be.
        precondition(
            again == tree || tree.description.utf16.count > ExpressionParser.lengthLimit,
            "changed: \(tree)")
        let stored = try? MappingExpression(resource: tree.resource, path: "source")
        // A number on its own is stored as a constant, and cloud-sync functions are not read back.
        if case .call = tree, (try? ExpressionParser.parse(text)) != nil, again != nil {
            precondition(stored == tree, "stored: \(tree)")
        }
        let context = ExpressionContext(
            now: .epoch, defaultDomain: "contoso.example", random: SeededRandom(seed: 1),
            settings: settings)
        let input: JSONObject = [
            "a": .string(text), "b": "2024-02-29T10:20:30Z", "c": 12, "d": true, "e": ["x", "y"],
        ]
        let trace = ExpressionTrace()
        _ = try? tree.evaluated(for: ExpressionInput(input, context: context), trace: trace)
    } catch {
        precondition(!error.explanation.isEmpty)
        precondition(error.offset.map { $0 <= text.utf8.count } ?? true, "the error points outside")
    }
    // The input as a pattern and as date formats.
    for template in patterns {
        let call = template.joined(separator: MappingExpression.quoted(text))
        guard let tree = try? ExpressionParser.parse(call) else { continue }
        _ = try? tree.evaluated(for: ExpressionInput(["a": "aab-2024\n"]))
    }
    return 0
}

/// Expressions in two halves; the input stands between them.
private let patterns = [
    ["Replace([a], , ", ", , \"$1${x}$&\", , )"],
    ["FormatDateTime(\"2024-02-29\", , ", ", \"o\")"],
    ["FormatDateTime(\"2024-02-29\", , \"yyyy-MM-dd\", ", ")"], ["CDate(", ")"], ["PCase(", ")"],
]
