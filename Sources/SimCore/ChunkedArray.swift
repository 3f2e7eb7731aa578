/// A growing list kept in chunks, so that a write after a copy was taken copies one chunk and the
/// list of chunk pointers, never all elements.
///
/// Cost: append and subscript O(1); first write after a copy O(chunk + count / chunk).
package struct ChunkedArray<Element: Sendable>: Sendable {
    /// Elements a chunk: at 1,000,000 elements a copy touches 2,000 pointers and 512 elements.
    package static var chunkLength: Int { 512 }

    /// Every chunk but the last is full.
    private var chunks: [[Element]] = []
    package private(set) var count = 0

    package init() {}

    package var isEmpty: Bool { count == 0 }

    package subscript(index: Int) -> Element {
        get { chunks[index / Self.chunkLength][index % Self.chunkLength] }
        _modify { yield &chunks[index / Self.chunkLength][index % Self.chunkLength] }
    }

    package mutating func append(_ element: Element) {
        if count % Self.chunkLength == 0 { chunks.append([]) }
        chunks[chunks.count - 1].append(element)
        count += 1
    }

    /// Forgets the oldest full chunk: `chunkLength` elements; nothing when there is only one.
    package mutating func removeFirstChunk() {
        guard chunks.count > 1 else { return }
        chunks.removeFirst()
        count -= Self.chunkLength
    }

    /// Calls `body` with each element in order, without copying it.
    package func visit<E: Error>(_ body: (Element) throws(E) -> Void) throws(E) {
        for chunk in chunks {
            for index in chunk.indices { try body(chunk[index]) }
        }
    }
}

extension ChunkedArray: Sequence {
    package struct Iterator: IteratorProtocol {
        fileprivate let chunks: [[Element]]
        fileprivate var outer = 0
        fileprivate var inner = 0

        package mutating func next() -> Element? {
            guard outer < chunks.count else { return nil }
            let element = chunks[outer][inner]
            inner += 1
            if inner == chunks[outer].count {
                outer += 1
                inner = 0
            }
            return element
        }
    }

    package func makeIterator() -> Iterator { Iterator(chunks: chunks) }

    package var underestimatedCount: Int { count }
}
