/// A growing list kept in chunks, so that a write after a copy was taken copies one chunk and the
/// list of chunk pointers, never all elements.
///
/// Inlinable, as the other collections here: through unspecialised generics each access costs
/// several times its work.
/// Cost: append and subscript O(1); first write after a copy O(chunk + count / chunk).
package struct ChunkedArray<Element: Sendable>: Sendable {
    /// Elements a chunk: at 1,000,000 elements a copy touches 2,000 pointers and 512 elements.
    @inlinable package static var chunkLength: Int { 512 }

    /// Every chunk but the last is full.
    @usableFromInline var chunks: [[Element]] = []
    @usableFromInline var length = 0

    @inlinable package init() {}

    @inlinable package var count: Int { length }
    @inlinable package var isEmpty: Bool { length == 0 }

    @inlinable package subscript(index: Int) -> Element {
        get { chunks[index / Self.chunkLength][index % Self.chunkLength] }
        _modify { yield &chunks[index / Self.chunkLength][index % Self.chunkLength] }
    }

    @inlinable package mutating func append(_ element: Element) {
        if length % Self.chunkLength == 0 { chunks.append([]) }
        chunks[chunks.count - 1].append(element)
        length += 1
    }

    /// Forgets the oldest full chunk: `chunkLength` elements; nothing when there is only one.
    @inlinable package mutating func removeFirstChunk() {
        guard chunks.count > 1 else { return }
        chunks.removeFirst()
        length -= Self.chunkLength
    }

    /// Calls `body` with each element in order, without copying it.
    @inlinable package func visit<E: Error>(_ body: (Element) throws(E) -> Void) throws(E) {
        for chunk in chunks {
            for index in chunk.indices { try body(chunk[index]) }
        }
    }
}

extension ChunkedArray: Sequence {
    package struct Iterator: IteratorProtocol {
        @usableFromInline let chunks: [[Element]]
        @usableFromInline var outer = 0
        @usableFromInline var inner = 0

        @inlinable init(_ chunks: [[Element]]) {
            self.chunks = chunks
        }

        @inlinable package mutating func next() -> Element? {
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

    @inlinable package func makeIterator() -> Iterator { Iterator(chunks) }

    @inlinable package var underestimatedCount: Int { count }
}
