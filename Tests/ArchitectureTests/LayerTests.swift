import Testing

@Suite("Layers")
struct LayerTests {
    @Test("have no cycle")
    func acyclic() {
        #expect(Self.cycle(in: LayerTable.siblings) == nil)
        #expect(Self.cycle(in: ["A": ["B"], "B": ["C"], "C": ["A"]]) != nil)
    }

    @Test("name only targets that the table knows")
    func closed() {
        for (target, imports) in LayerTable.siblings {
            let unknown = imports.subtracting(LayerTable.siblings.keys)
            #expect(unknown.isEmpty, "\(target)")
        }
    }

    @Test("keep sign-in and provisioning apart, and the sample apps apart from both")
    func separation() {
        #expect(Self.reach("SimIdentity").isDisjoint(with: ["SimProvisioning"]))
        #expect(Self.reach("SimProvisioning").isDisjoint(with: ["SimIdentity"]))
        #expect(
            Self.reach("SimTarget").isDisjoint(with: [
                "SimProvisioning", "SimDirectory", "SimIdentity",
            ]))
    }

    @Test("let the pure targets see no machine, and only the portal see faults")
    func purity() {
        for target in LayerTable.pure {
            let reached = Self.reach(target)
            #expect(reached.isDisjoint(with: ["SimRuntime", "EntraSim", "CLinux"]), "\(target)")
            #expect(target == "SimPortal" || !reached.contains("SimFaults"), "\(target)")
        }
    }

    @Test("show OpenSSL to one target")
    func openSSL() {
        let users = LayerTable.siblings.filter { $0.value.contains("COpenSSL") }.map(\.key)
        #expect(users == ["SimCrypto"])
    }

    @Test("are those of the manifest: it declares no dependency that the table forbids")
    func manifest() throws {
        let file = try #require(PackageTree.files.first { $0.path == "Package.swift" })
        let declared = Self.dependencies(in: file)
        #expect(declared["SimRuntime"]?.contains("CLinux") == true)
        for (target, dependencies) in declared {
            let allowed = try #require(LayerTable.siblings[target], "\(target) is not in the table")
            #expect(dependencies.subtracting(allowed).isEmpty, "\(target)")
        }
    }

    private static func reach(_ target: String) -> Set<String> {
        var reached: Set<String> = []
        var open = [target]
        while let next = open.popLast() {
            for sibling in LayerTable.siblings[next] ?? [] where reached.insert(sibling).inserted {
                open.append(sibling)
            }
        }
        return reached
    }

    /// A target that reaches itself.
    private static func cycle(in table: [String: Set<String>]) -> String? {
        table.keys.first { start in
            var reached: Set<String> = []
            var open = Array(table[start] ?? [])
            while let next = open.popLast() {
                if reached.insert(next).inserted { open += Array(table[next] ?? []) }
            }
            return reached.contains(start)
        }
    }

    /// Dependencies of `.target` and `.executableTarget` in a manifest.
    private static func dependencies(in file: SourceFile) -> [String: Set<String>] {
        let starts =
            file.places(of: ".", "target", "(")
            + file.places(of: ".", "executableTarget", "(")
        return starts.reduce(into: [:]) { table, start in
            let call = file.tokens[(start + 2)...file.closing(start + 2)]
            guard let name = call.first(where: { $0.kind == .string })?.text else { return }
            let list = call.drop { !$0.isWord("dependencies") }
            guard let open = list.firstIndex(where: { $0.isSymbol("[") }) else { return }
            let inner = file.tokens[open...file.closing(open)]
            table[name] = Set(inner.filter { $0.kind == .string }.map(\.text))
        }
    }
}
