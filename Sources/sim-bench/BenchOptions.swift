import Foundation

/// The command line: `sim-bench [--rows a,b] [--quick] [--json] [--binary FILE] [--runs N]`.
struct BenchOptions {
    /// Rows in the order asked for.
    var rows: [BenchRow.Letter] = BenchRow.Letter.usual
    var isQuick = false
    var printsJSON = false
    /// nil: `entra-sim` beside this program.
    var binary: String?
    /// Measurements whose median counts; nil: 5, or 1 with `--quick`.
    var runs: Int?

    init(_ arguments: [String]) throws {
        var left = arguments[...]
        while let word = left.popFirst() {
            switch word {
            case "--quick": isQuick = true
            case "--json": printsJSON = true
            case "--binary": binary = try Self.value(of: word, &left)
            case "--rows": rows = try Self.rows(Self.value(of: word, &left))
            case "--runs":
                guard let number = Int(try Self.value(of: word, &left)), number > 0 else {
                    throw BenchFailure("--runs takes a number from 1")
                }
                runs = number
            default: throw BenchFailure("there is no option '\(word)'")
            }
        }
    }

    private static func value(of word: String, _ left: inout ArraySlice<String>) throws -> String {
        guard let value = left.popFirst() else { throw BenchFailure("\(word) takes a value") }
        return value
    }

    private static func rows(_ text: String) throws -> [BenchRow.Letter] {
        try text.split(separator: ",").map { name in
            guard let letter = BenchRow.Letter(rawValue: String(name)) else {
                throw BenchFailure("there is no row '\(name)'")
            }
            return letter
        }
    }
}
