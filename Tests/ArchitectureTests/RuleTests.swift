import Testing

@Suite("House rules")
struct RuleTests {
    @Test("hold for every file of the package", arguments: SourceRule.all)
    func hold(_ rule: SourceRule) {
        let findings = PackageTree.files.flatMap { rule.findings($0, PackageTree.surroundings) }
        #expect(findings.isEmpty, "\(findings.map { "\n\($0)" }.joined())")
    }

    @Test("can fail: each flags its counterexamples", arguments: SourceRule.all)
    func flag(_ rule: SourceRule) {
        #expect(!rule.counterexamples.isEmpty)
        for sample in rule.counterexamples {
            let found = rule.findings(sample, SourceRule.Surroundings([sample]))
            #expect(!found.isEmpty, "not flagged: \(sample.path)\n\(sample.text)")
        }
    }

    @Test("do not flag what only looks like a breach", arguments: SourceRule.all)
    func accept(_ rule: SourceRule) {
        #expect(!rule.accepted.isEmpty)
        for sample in rule.accepted {
            let found = rule.findings(sample, SourceRule.Surroundings([sample]))
            #expect(found.isEmpty, "\(found)\n\(sample.text)")
        }
    }

    @Test("every exception is still needed")
    func exceptions() {
        for key in SourceRule.openChoices.keys {
            let path = key.split(separator: " ")[0]
            #expect(PackageTree.files.contains { $0.path == path }, "no file for \(key)")
        }
        let systemFiles = SourceRule.clockFiles.union(SourceRule.randomFiles)
        #expect(systemFiles.allSatisfy { $0.hasPrefix("Sources/SimRuntime/System") })
    }

    @Test("see the package: they read its sources and tests")
    func corpus() {
        #expect(PackageTree.files.contains { $0.path == "Sources/SimCore/JSONParser.swift" })
        #expect(PackageTree.files.contains { $0.path == "Package.swift" })
        #expect(PackageTree.surroundings.enumerations.contains { $0.contains("unexpectedEnd") })
    }
}
