import Foundation
import SimCore
import Testing

@testable import EntraSim

@Suite("The drills in the binary")
struct BuiltInDrillTests {
    /// Set to write the sources again from `tenants/contoso/drills/`:
    /// `ENTRA_SIM_REWRITE=1 swift test --filter BuiltInDrillTests`.
    private static let isRewriting =
        ProcessInfo.processInfo.environment["ENTRA_SIM_REWRITE"] != nil

    @Test("say what their folder says, file by file")
    func sameAsFolder() throws {
        let root = URL(filePath: #filePath)
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        let sources = root.appending(path: "Sources/EntraSim/Tenants")
        let expected = try GeneratedDrills(folder: root.appending(path: "tenants/contoso/drills"))
            .files
        if Self.isRewriting {
            for (name, text) in expected {
                try text.write(
                    to: sources.appending(path: name), atomically: true, encoding: .utf8)
            }
        }
        let present = try FileManager.default.contentsOfDirectory(atPath: sources.path)
            .filter { $0.hasPrefix("ContosoDrills") }.sorted()
        #expect(present == expected.keys.sorted(), "run it with ENTRA_SIM_REWRITE=1")
        for (name, text) in expected {
            let found = try String(contentsOf: sources.appending(path: name), encoding: .utf8)
            #expect(found == text, "\(name): run the test with ENTRA_SIM_REWRITE=1")
        }
    }

    @Test("are all read, and so are those of the folder")
    func read() throws {
        let names = try Drills().names
        #expect(names.count >= 20)
        let folder = URL(filePath: #filePath)
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "tenants")
        #expect(try Drills(tenantsFolder: folder.path).names == names)
    }
}

/// The sources that hold the drills' texts, made from their files.
private struct GeneratedDrills {
    private static let linesPerFile = 400

    /// Text by name.
    let files: [String: String]

    init(folder: URL) throws {
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
            .filter { $0.hasSuffix(".json") }.map { String($0.dropLast(5)) }.sorted()
        var parts: [[String]] = []
        for name in names {
            let text = try String(
                contentsOf: folder.appending(path: name + ".json"), encoding: .utf8)
            let property = Self.property(name, text)
            if let last = parts.last, last.count + property.count < Self.linesPerFile {
                parts[parts.count - 1] += [""] + property
            } else {
                parts.append(property)
            }
        }
        var files: [String: String] = [:]
        let list = names.map { name in
            "        .init(\n            name: \"\(name)\",\n"
                + "            fixture: \(Self.identifier(name))),\n"
        }
        files["ContosoDrills.swift"] =
            Self.heading + "enum ContosoDrills {\n"
            + "    static let all: [BuiltInTenant.Target] = [\n" + list.joined() + "    ]\n}\n"
        for (index, lines) in parts.enumerated() {
            files["ContosoDrills+Part\(index + 1).swift"] =
                Self.heading + "extension ContosoDrills {\n"
                + lines.map { $0 + "\n" }.joined() + "}\n"
        }
        self.files = files
    }

    private static let heading =
        "/// The texts of `tenants/contoso/drills/`, generated from there by `BuiltInDrillTests`.\n"

    private static func property(_ name: String, _ text: String) -> [String] {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
            .dropLast().map { $0.isEmpty ? "" : "        \($0)" }
        return ["    static let \(identifier(name)) = #\"\"\""] + lines + ["        \"\"\"#"]
    }

    /// `quarantineToDay28`
    private static func identifier(_ name: String) -> String {
        let words = name.split(separator: "-")
        return words.enumerated().map {
            $0.offset == 0 ? String($0.element) : $0.element.capitalized
        }
        .joined()
    }
}
