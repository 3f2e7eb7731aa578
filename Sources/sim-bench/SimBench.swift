import Foundation

/// The benchmarks of the README: `sim-bench [rows] [--quick]`, for example `sim-bench abe`.
///
/// Build everything first with `swift build -c release --static-swift-stdlib`. Each row holds a
/// figure of ours against a baseline measured in turns in the same run, and prints the ratio.
@main
enum SimBench {
    static func main() {
        let arguments = CommandLine.arguments.dropFirst()
        let isQuick = arguments.contains("--quick")
        let rows = arguments.first { !$0.hasPrefix("-") } ?? "abcdef"
        let here = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
        let folder = FileManager.default.temporaryDirectory.appending(path: "sim-bench-\(getpid())")
        let setting = BenchSetting(
            binary: here.appending(path: "entra-sim").path,
            tenants: FileManager.default.currentDirectoryPath + "/tenants", folder: folder.path,
            runs: isQuick ? 1 : 5, manyUsers: isQuick ? 20_000 : 200_000,
            fewUsers: isQuick ? 2_000 : 10_000)
        var isGood = true
        print(BenchRow.heading)
        for letter in rows {
            do {
                for row in try measure(letter, setting) {
                    print(row.line)
                    isGood = isGood && row.isMet
                }
            } catch {
                print("| \(letter) | failed: \(error) | | | | | no |")
                isGood = false
            }
        }
        if isGood { try? FileManager.default.removeItem(at: folder) }
        exit(isGood ? 0 : 1)
    }

    private static func measure(
        _ letter: Character, _ setting: BenchSetting
    ) throws -> [BenchRow] {
        switch letter {
        case "a": return [try TokenRow.measure(setting)]
        case "b":
            guard let row = try DiscoveryRow.measure(setting) else {
                throw BenchFailure("there is no nginx: apt-get install -y nginx-light")
            }
            return [row]
        case "c": return try InitialCycleRow.measure(setting)
        case "d": return []
        case "e": return try StartRow.measure(setting)
        case "f": return [try IncrementalRow.measure(setting)]
        default: throw BenchFailure("there is no row \"\(letter)\"")
        }
    }
}
