extension SourceRule {
    static let testRules = [testFramework, fixedPorts]

    static let testFramework = SourceRule(
        "tests are written with Swift Testing",
        flags: ["Tests/SimCoreTests/A.swift": "import XCTest"],
        accepts: ["Tests/SimCoreTests/A.swift": "import Testing"]
    ) { file, _ in
        guard file.isTest else { return [] }
        return file.imports.filter { $0.text == "XCTest" }.map { file.finding($0, "uses XCTest") }
    }

    static let fixedPorts = SourceRule(
        "a test lets the system choose its port",
        flags: [
            "Tests/ScenarioTests/A.swift": "let server = try Listener(port: 8443)",
            "Tests/ScenarioTests/B.swift": "Options(host: host, port: 8_080, seed: 1)",
        ],
        accepts: [
            "Tests/ScenarioTests/A.swift": "let server = try Listener(port: 0)",
            "Tests/ScenarioTests/B.swift": "connect(port: server.port) // port: 8443",
            "Tests/SimRuntimeTests/A.swift": "Origin(scheme: .http, host: \"a.invalid\", port: 80)",
            "Tests/SimHTTPTests/A.swift": "let url = \"https://localhost:8443\"",
        ]
    ) { file, _ in
        let opensSockets = ["ScenarioTests", "SimRuntimeTests", "SimulationTests", "EntraSimTests"]
        guard file.isTest, opensSockets.contains(file.target ?? "") else { return [] }
        return file.places(of: "port", ":").compactMap { index in
            guard let value = file.token(after: index + 1), value.kind == .number,
                let port = Int(value.text.filter { $0 != "_" }), port > 1,
                // An origin is an address to talk to or about; listeners are what binds.
                file.callee(of: index) != "Origin"
            else { return nil }
            return file.finding(value, "a fixed port")
        }
    }
}

extension SourceFile {
    /// The word before the parenthesis that encloses the token at `index`.
    fileprivate func callee(of index: Int) -> String? {
        var depth = 0
        for at in stride(from: index, to: 0, by: -1) where tokens[at].kind == .symbol {
            switch tokens[at].text {
            case ")": depth += 1
            case "(" where depth == 0: return tokens[at - 1].text
            case "(": depth -= 1
            default: continue
            }
        }
        return nil
    }
}
