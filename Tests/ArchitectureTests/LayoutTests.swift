import Testing

@Suite("Layout of the package")
struct LayoutTests {
    private static let allowed: Set = [
        "Package.swift", "README.md", "Sources", "Tests", "keys", "tenants",
    ]

    @Test("the top folder holds only what the architecture names")
    func topLevel() throws {
        let entries = try Set(PackageTree.topLevel()).subtracting(["Package.resolved"])
        #expect(entries.subtracting(Self.allowed).isEmpty)
        #expect(entries.isSuperset(of: ["Package.swift", "README.md", "Sources", "Tests"]))
    }

    @Test("the package depends on no other package")
    func dependencies() throws {
        let manifest = try #require(PackageTree.files.first { $0.path == "Package.swift" })
        #expect(manifest.places(of: ".", "package", "(").isEmpty)
        let other = SourceFile(
            path: "Package.swift", text: "dependencies: [.package(url: \"x\", from: \"1.0.0\")]")
        #expect(!other.places(of: ".", "package", "(").isEmpty)
    }

    @Test("keys stay out of the repository")
    func keys() throws {
        let ignore = try #require(PackageTree.text("keys/.gitignore"))
        #expect(ignore == "*\n!.gitignore\n!README.md\n")
    }

    @Test("the continuous-integration script exists")
    func script() {
        #expect(PackageTree.exists(".ci/run"))
    }
}
