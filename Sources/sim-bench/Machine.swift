import Foundation
import Glibc

/// What the figures were taken on.
enum Machine {
    /// `2 cores, AMD EPYC 9R14, Linux 6.1.0`.
    static var line: String {
        let cores = sysconf(Int32(_SC_NPROCESSORS_ONLN))
        return "\(cores) cores, \(processor), Linux \(kernel)"
    }

    private static var processor: String {
        let text = (try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)) ?? ""
        let line = text.split(separator: "\n").first { $0.hasPrefix("model name") }
        let name = line?.split(separator: ":").last.map { $0.drop { $0 == " " } }
        return name.map(String.init) ?? "unknown processor"
    }

    private static var kernel: String {
        let text = try? String(contentsOfFile: "/proc/sys/kernel/osrelease", encoding: .utf8)
        return text.map { String($0.prefix { $0 != "\n" }) } ?? "?"
    }
}
