import Foundation
import SimCore
import SimDirectory
import Testing

@testable import SimProvisioning

@Suite("The cases of the mapping language — mapping-expressions.md §12")
struct ExpressionCaseTests {
    /// `Tests/Expressions/expression-cases.json`, shared with the command line's tests.
    static let cases: [ExpressionCase] = {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        let file = root.appending(path: "Expressions/expression-cases.json")
        guard let data = try? Data(contentsOf: file),
            let json = try? JSONValue(parsing: Array(data)),
            let cases = try? ExpressionCase.all(in: json)
        else { return [] }
        return cases
    }()

    /// `unverified` cases that we answer otherwise, with the reason.
    static let disagreements: [String: String] = [:]

    @Test("the file has its 460 cases")
    func count() {
        #expect(Self.cases.count == 460)
    }

    @Test(
        "every case gives what it says, by source",
        arguments: [
            (ExpressionCase.Source.docs, 167), (.derived, 243), (.unverified, 50),
        ])
    func outcomes(source: ExpressionCase.Source, count: Int) {
        let cases = Self.cases.filter { $0.source == source }
        var passed = 0
        for row in cases {
            switch row.run() {
            case .passed: passed += 1
            case .failed(let found):
                let isKnown =
                    source == .unverified && Self.disagreements[row.expression] != nil
                if !isKnown {
                    Issue.record("\(row.expression)\n  must give \(row.expectation), not \(found)")
                }
            }
        }
        #expect(cases.count == count)
        #expect(passed == count - (source == .unverified ? Self.disagreements.count : 0))
    }

    @Test("every expression that parses prints, and reads back as the same tree — §3.1")
    func printing() throws {
        var settings = ExpressionSettings()
        settings.cloudSyncFunctions = true
        for row in Self.cases {
            guard let tree = try? ExpressionParser.parse(row.expression, settings: settings)
            else { continue }
            let again = try ExpressionParser.parse(tree.description, settings: settings)
            #expect(again == tree)
            #expect(again.description == tree.description)
        }
    }

    @Test("the stored form with text and tree reads back as the same expression — §3.1")
    func storedForm() throws {
        for row in Self.cases {
            guard let tree = try? ExpressionParser.parse(row.expression) else { continue }
            #expect(try MappingExpression(resource: tree.resource, path: "source") == tree)
        }
    }

    @Test("every function has help whose example parses — §4")
    func help() throws {
        var settings = ExpressionSettings()
        settings.cloudSyncFunctions = true
        for function in ExpressionFunction.all {
            let example = try ExpressionParser.parse(function.help.example, settings: settings)
            #expect(example.description.contains(function.name + "("))
            #expect(!function.help.summary.isEmpty && function.help.summary.last != ".")
        }
        #expect(
            ExpressionFunction.all.map(\.name)
                == ExpressionFunction.all.map(\.name).sorted {
                    $0.lowercased() < $1.lowercased()
                })
    }
}
