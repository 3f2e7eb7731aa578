extension SourceFile {
    /// Modules imported, with the token that names each.
    var imports: [SourceToken] {
        places(of: "import").compactMap { index in
            guard token(before: index)?.isSymbol(".") != true,
                let next = token(after: index), next.kind == .word
            else { return nil }
            let kinds = ["struct", "class", "enum", "protocol", "func", "let", "var", "typealias"]
            return kinds.contains(next.text) ? token(after: index + 1) : next
        }
    }
}

extension SourceRule {
    static let importRules = [layers, testLayers]

    static let layers = SourceRule(
        "a target imports only what its layer allows",
        flags: [
            "Sources/SimIdentity/A.swift": "import SimProvisioning",
            "Sources/SimProvisioning/A.swift": "import SimIdentity",
            "Sources/SimTarget/A.swift": "package import SimDirectory",
            "Sources/SimTarget/B.swift": "import SimProvisioning",
            "Sources/SimIdentity/B.swift": "import SimFaults",
            "Sources/SimHTTP/A.swift": "import COpenSSL",
            "Sources/SimRuntime/A.swift": "import COpenSSL",
            "Sources/SimDirectory/A.swift": "import Glibc",
            "Sources/SimCore/A.swift": "import struct Foundation.Date",
            "Sources/SimErrors/A.swift": "import FoundationNetworking",
            "Sources/EntraSim/A.swift": "import Dispatch",
            "Sources/Sidecar/A.swift": "import SimCore",
            "Sources/SimRuntime/B.swift": "import TestWire",
        ],
        accepts: [
            "Sources/SimCrypto/A.swift": "import COpenSSL\nimport SimCore",
            "Sources/SimRuntime/A.swift": "import Glibc\nimport CLinux",
            "Sources/SimCore/A.swift": "// import Glibc\nlet hint = \"import Glibc\"",
            "Sources/SimPortal/A.swift": "import SimFaults",
        ]
    ) { file, _ in
        guard file.isSource, let target = file.target else { return [] }
        return file.imports.compactMap { module in
            guard let allowed = LayerTable.allowed(target) else {
                return file.finding(module, "the layer table does not know \(target)")
            }
            return allowed.contains(module.text)
                ? nil : file.finding(module, "\(target) must not import \(module.text)")
        }
    }

    static let testLayers = SourceRule(
        "the tests of a target need no more than the target",
        flags: [
            "Tests/SimSCIMTests/A.swift": "import SimRuntime",
            "Tests/SimProvisioningTests/A.swift": "import Glibc",
            "Tests/SimTargetTests/A.swift": "@testable import SimProvisioning",
            "Tests/SimHTTPTests/A.swift": "import TestWire",
        ],
        accepts: [
            "Tests/SimSCIMTests/A.swift": "import SimCore\nimport SimSCIM\nimport Testing",
            "Tests/ScenarioTests/A.swift": "import EntraSim\nimport SimRuntime",
            "Tests/SimRuntimeTests/A.swift": "import SimHTTP\nimport TestWire",
        ]
    ) { file, _ in
        guard file.isTest, let target = file.target, target.hasSuffix("Tests"),
            let allowed = LayerTable.allowed(inTestsOf: String(target.dropLast(5)))
        else { return [] }
        return file.imports.filter { !allowed.contains($0.text) }.map {
            file.finding($0, "\(target) must not import \($0.text)")
        }
    }
}
