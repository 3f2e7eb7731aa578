import Glibc

/// Memory that only the start of a long-running process needs.
package enum StartMemory {
    /// Gives the mapped program code back to the system's cache, from where what is still in use
    /// returns page by page.
    ///
    /// Starting runs code all over the program once: reading fixtures, making documents, linking.
    /// It would stay in the process's resident size for good; an idle server needs a tenth of it.
    /// Costs the next requests about a hundred soft page faults, some 50 µs in all.
    package static func giveBack() {
        for mapping in codeMappings(in: ownMappings()) {
            // Code is never written to, so nothing is lost; a failure changes nothing.
            madvise(
                UnsafeMutableRawPointer(bitPattern: mapping.lowerBound), mapping.count,
                MADV_DONTNEED)
        }
    }

    /// The address ranges of executable, unwritable file mappings. proc(5).
    static func codeMappings(in table: String) -> [Range<UInt>] {
        table.split(separator: "\n").compactMap { line in
            let fields = line.split(separator: " ", omittingEmptySubsequences: true)
            guard fields.count >= 6, fields[1] == "r-xp", fields[5].hasPrefix("/") else {
                return nil
            }
            let ends = fields[0].split(separator: "-").compactMap { UInt($0, radix: 16) }
            guard ends.count == 2, ends[0] < ends[1] else { return nil }
            return ends[0]..<ends[1]
        }
    }

    /// `/proc/self/maps`, whose size nobody knows before it is read; empty without one.
    private static func ownMappings() -> String {
        let descriptor = open("/proc/self/maps", O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return "" }
        defer { close(descriptor) }
        var text: [UInt8] = []
        var part = [UInt8](repeating: 0, count: 16_384)
        while true {
            let count = read(descriptor, &part, part.count)
            guard count > 0 else { break }
            text.append(contentsOf: part[..<count])
        }
        return String(decoding: text, as: UTF8.self)
    }
}
