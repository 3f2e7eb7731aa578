/// Collects one message body in any of the framings of RFC 9112 §6.
struct BodyReader: Sendable {
    private enum State: Sendable {
        case complete
        case counted(remaining: Int)
        case chunkSize
        case chunkData(remaining: Int)
        case chunkEnd
        case trailer(bytes: Int)
        case untilClose
    }

    private var state: State
    private(set) var body: [UInt8] = []

    private init(_ state: State) {
        self.state = state
    }

    static let empty = BodyReader(.complete)
    static let chunked = BodyReader(.chunkSize)
    static let untilClose = BodyReader(.untilClose)
    static func counted(_ length: Int) -> BodyReader {
        BodyReader(length == 0 ? .complete : .counted(remaining: length))
    }

    var endsAtClose: Bool {
        if case .untilClose = state { return true }
        return false
    }

    /// Takes what is there; true when the body is complete.
    mutating func read(
        from input: inout InputBuffer, limits: HTTPLimits
    ) throws(HTTPProtocolError) -> Bool {
        while true {
            switch state {
            case .complete:
                return true
            case .counted(let remaining):
                let slice = input.take(remaining)
                body.append(contentsOf: slice)
                guard slice.count == remaining else {
                    state = .counted(remaining: remaining - slice.count)
                    return false
                }
                state = .complete
            case .untilClose:
                try append(input.take(input.available), limits)
                return false
            case .chunkSize, .chunkData, .chunkEnd, .trailer:
                guard try readChunk(from: &input, limits: limits) else { return false }
            }
        }
    }

    /// One step of the chunked coding; false when more bytes are needed. RFC 9112 §7.1.
    private mutating func readChunk(
        from input: inout InputBuffer, limits: HTTPLimits
    ) throws(HTTPProtocolError) -> Bool {
        switch state {
        case .complete, .counted, .untilClose:
            return true
        case .chunkSize:
            guard let line = try chunkLine(&input, limits) else { return false }
            let size = try Self.chunkSize(input.bytes.span, line)
            guard size <= limits.bodyBytes - body.count else { throw .bodyTooLarge }
            state = size == 0 ? .trailer(bytes: 0) : .chunkData(remaining: size)
        case .chunkData(let remaining):
            let slice = input.take(remaining)
            body.append(contentsOf: slice)
            guard slice.count == remaining else {
                state = .chunkData(remaining: remaining - slice.count)
                return false
            }
            state = .chunkEnd
        case .chunkEnd:
            if let first = input.firstByte, first != 13 { throw .malformedChunk }
            guard let line = try input.takeLine(limit: 0, tooLong: .malformedChunk) else {
                return false
            }
            guard line.isEmpty else { throw .malformedChunk }
            state = .chunkSize
        case .trailer(let count):
            // Trailer fields are read and dropped. RFC 9112 §7.1.2.
            let line = try input.takeLine(
                limit: limits.trailerBytes - count, tooLong: .headerSectionTooLarge)
            guard let line else { return false }
            state =
                line.isEmpty
                ? .complete : .trailer(bytes: min(limits.trailerBytes, count + line.count + 2))
        }
        return true
    }

    private func chunkLine(
        _ input: inout InputBuffer, _ limits: HTTPLimits
    ) throws(HTTPProtocolError) -> Range<Int>? {
        if let first = input.firstByte, HTTPGrammar.hexValue(first) == nil {
            throw .malformedChunk
        }
        return try input.takeLine(limit: limits.chunkLineBytes, tooLong: .malformedChunk)
    }

    private static func chunkSize(
        _ bytes: Span<UInt8>, _ line: Range<Int>
    ) throws(HTTPProtocolError) -> Int {
        var size = 0
        var index = line.lowerBound
        while index < line.upperBound, let digit = HTTPGrammar.hexValue(bytes[index]) {
            // 12 digits are more than any limit and cannot overflow.
            guard index - line.lowerBound < 12 else { throw .bodyTooLarge }
            size = size << 4 | Int(digit)
            index += 1
        }
        guard index > line.lowerBound else { throw .malformedChunk }
        // Extensions, after optional white space, are ignored. RFC 9112 §7.1.1.
        while index < line.upperBound, bytes[index] == 0x20 || bytes[index] == 0x09 { index += 1 }
        guard index == line.upperBound || bytes[index] == UInt8(ascii: ";") else {
            throw .malformedChunk
        }
        while index < line.upperBound {
            guard HTTPGrammar.isFieldValue(bytes[index]) else { throw .malformedChunk }
            index += 1
        }
        return size
    }

    private mutating func append(
        _ slice: ArraySlice<UInt8>, _ limits: HTTPLimits
    ) throws(HTTPProtocolError) {
        guard slice.count <= limits.bodyBytes - body.count else { throw .bodyTooLarge }
        body.append(contentsOf: slice)
    }
}
