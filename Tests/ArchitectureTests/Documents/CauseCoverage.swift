/// Which numbers of the error catalogue have a real cause in the tests, and which the page
/// `NaturalErrors.md` says are answered on demand alone.
struct CauseCoverage {
    static let page = "Sources/EntraSim/EntraSim.docc/NaturalErrors.md"
    private static let catalogueFolder = "Sources/SimErrors/Catalogue"
    private static let causeFolder = "Tests/SimIdentityTests/NaturalCauses"

    let catalogue: Set<Int>
    let raised: Set<Int>
    let listed: Set<Int>

    /// As the package has it on disk.
    static func ofPackage() -> CauseCoverage {
        CauseCoverage(
            catalogue: texts(under: catalogueFolder), causes: texts(under: causeFolder),
            page: PackageTree.text(page) ?? "")
    }

    init(catalogue: [String], causes: [String], page: String) {
        self.catalogue = Set(
            catalogue.flatMap { $0.split(separator: "\n") }.compactMap(Self.entry))
        raised = Set(causes.flatMap(Self.causes))
        listed = Set(
            page.split(separator: "\n").filter { $0.hasPrefix("|") }.flatMap { line in
                line.split(separator: "|")[0].split { !$0.isNumber }.compactMap { Int($0) }
            })
    }

    /// What contradicts "each number is raised by a row or listed on the page".
    var faults: [String] {
        let missing = catalogue.subtracting(raised).subtracting(listed)
        let twice = raised.intersection(listed)
        let strange = raised.union(listed).subtracting(catalogue)
        return missing.sorted().map { "\($0) has no cause and is not listed" }
            + twice.sorted().map { "\($0) has a cause and is listed" }
            + strange.sorted().map { "\($0) is not in the catalogue" }
    }

    /// `50034 UserAccountNotFound`, the first line of an entry.
    private static func entry(_ line: Substring) -> Int? {
        let words = line.split(separator: " ")
        guard words.count == 2, words[0].count >= 5, words[0].allSatisfy(\.isNumber),
            words[1].first?.isUppercase == true
        else { return nil }
        return Int(words[0])
    }

    /// The numbers that rows of the table begin with.
    private static func causes(_ text: String) -> [Int] {
        text.split(separator: "(").dropFirst().compactMap { piece in
            let digits = piece.drop { $0.isWhitespace }.prefix { $0.isNumber || $0 == "_" }
            let rest = piece.drop { $0.isWhitespace }.dropFirst(digits.count)
            guard rest.hasPrefix(", \"") || rest.hasPrefix(",\n") else { return nil }
            let number = Int(digits.filter { $0 != "_" })
            return number.flatMap { $0 >= 10_000 ? $0 : nil }
        }
    }

    private static func texts(under folder: String) -> [String] {
        PackageTree.files.filter { $0.path.hasPrefix(folder + "/") }.compactMap {
            PackageTree.text($0.path)
        }
    }
}
