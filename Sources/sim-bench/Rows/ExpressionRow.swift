import Foundation
import SimCore
import SimProvisioning

/// (g) Mapping expressions evaluated per second on one core: all cases of the test suite that have
/// a value, read once and evaluated again and again.
enum ExpressionRow {
    private static let rounds = 400

    static func measure(_ setting: BenchSetting) throws -> BenchRow {
        let path = "\(setting.tenants)/../Tests/Expressions/expression-cases.json"
        let json = try JSONValue(parsing: Array(Data(contentsOf: URL(filePath: path))))
        let prepared = try ExpressionCase.all(in: json).compactMap { example in
            // Cases of refusals are not read, so they are not evaluated.
            (try? ExpressionParser.parse(example.expression)).map {
                ($0, ExpressionInput(example.attributes))
            }
        }
        var rates: [Double] = []
        for _ in 0..<setting.runs {
            let before = Measures.processor
            for _ in 0..<rounds {
                for (tree, input) in prepared { _ = try? tree.evaluated(for: input) }
            }
            let seconds = Double(Measures.processor - before) / 1_000_000_000
            rates.append(Double(rounds * prepared.count) / seconds)
        }
        let rate = Measures.median(rates)
        return BenchRow(
            letter: .expressions, name: "expressions evaluated/s, \(prepared.count) kinds",
            ours: "\(Int(rate))", baseline: BenchSetting.noGoal, figure: rate,
            goal: BenchSetting.noGoal, isMet: true)
    }
}
