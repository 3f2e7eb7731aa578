import SimDirectory

/// Reads a file line by line, in large pieces, with the byte offset of each line.
struct LineReader {
    struct Line {
        /// Without its line feed.
        let bytes: [UInt8]
        /// 1-based.
        let number: Int
        /// Byte offset of the line's first byte in the file.
        let offset: Int
        /// false for the last line of a file that does not end with a line feed.
        let isComplete: Bool

        var end: Int { offset + bytes.count + (isComplete ? 1 : 0) }
    }

    private static let pieceLength = 1 << 18

    private let file: OpenFile
    private var piece: [UInt8] = []
    /// Place in `piece`, and of `piece` in the file.
    private var position = 0
    private var pieceOffset: Int
    private var number: Int

    /// - Parameters:
    ///   - offset: where to begin; the start of a line.
    ///   - line: its number.
    init(_ file: OpenFile, from offset: Int = 0, line: Int = 1) throws(JournalFailure) {
        self.file = file
        try file.seek(to: offset)
        pieceOffset = offset
        number = line
    }

    /// The next line; nil at the end.
    mutating func next() throws(JournalFailure) -> Line? {
        var search = position
        while true {
            if let feed = piece[search...].firstIndex(of: 10) {
                defer {
                    position = feed + 1
                    number += 1
                }
                return Line(
                    bytes: Array(piece[position..<feed]), number: number,
                    offset: pieceOffset + position, isComplete: true)
            }
            let more = try file.read(upTo: Self.pieceLength)
            if more.isEmpty {
                guard position < piece.count else { return nil }
                defer { position = piece.count }
                return Line(
                    bytes: Array(piece[position...]), number: number,
                    offset: pieceOffset + position, isComplete: false)
            }
            search = piece.count - position
            piece.removeFirst(position)
            pieceOffset += position
            position = 0
            piece += more
        }
    }
}
