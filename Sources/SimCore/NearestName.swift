/// The known name closest to a mistyped one, for "did you mean" hints.
package enum NearestName {
    /// - Returns: the nearest of `known` within a third of the word's length (at least 2 edits),
    ///   or nil.
    package static func of(_ name: String, in known: some Sequence<String>) -> String? {
        let wanted = Array(name.lowercased().utf8.prefix(128))
        let bound = max(2, wanted.count / 3)
        var best: (distance: Int, name: String)?
        for candidate in known {
            let distance = editDistance(wanted, Array(candidate.lowercased().utf8.prefix(128)))
            if distance <= bound, distance < best?.distance ?? .max {
                best = (distance, candidate)
            }
        }
        return best?.name
    }

    private static func editDistance(_ left: [UInt8], _ right: [UInt8]) -> Int {
        var previous = Array(0...right.count)
        for (row, byte) in left.enumerated() {
            var current = [row + 1]
            for (column, other) in right.enumerated() {
                current.append(
                    min(
                        previous[column + 1] + 1, current[column] + 1,
                        previous[column] + (byte == other ? 0 : 1)))
            }
            previous = current
        }
        return previous[right.count]
    }
}
