/// A growing list kept in chunks, so that a write after a copy was taken copies one chunk and the
/// list of chunk pointers, never all elements.
///
/// Public and inlinable, as the sharded collections: Swift 6.3 specialises no `package` generic for
/// another module, and unspecialised each access costs several times its work.
/// Cost: append and subscript O(1); first write after a copy O(chunk + count / chunk).
public struct ChunkedArray<Element: Sendable>: Sendable {
    /// Elements a chunk: at 1,000,000 elements a copy touches 2,000 pointers and 512 elements.
    @inlinable public static var chunkLength: Int { 512 }

    /// Every chunk but the last is full.
    @usableFromInline var chunks: [[Element]] = []
    @usableFromInline var length = 0

    @inlinable public init() {}

    @inlinable public var count: Int { length }
    @inlinable public var isEmpty: Bool { length == 0 }

    @inlinable public subscript(index: Int) -> Element {
        get { chunks[index / Self.chunkLength][index % Self.chunkLength] }
        _modify { yield &chunks[index / Self.chunkLength][index % Self.chunkLength] }
    }

    @inlinable public mutating func append(_ element: Element) {
        if length % Self.chunkLength == 0 { chunks.append([]) }
        chunks[chunks.count - 1].append(element)
        length += 1
    }

    /// Forgets the oldest full chunk: `chunkLength` elements; nothing when there is only one.
    @inlinable public mutating func removeFirstChunk() {
        guard chunks.count > 1 else { return }
        chunks.removeFirst()
        length -= Self.chunkLength
    }

    /// Calls `body` with each element in order, without copying it.
    @inlinable public func visit<E: Error>(_ body: (Element) throws(E) -> Void) throws(E) {
        for chunk in chunks {
            for index in chunk.indices { try body(chunk[index]) }
        }
    }
}

extension ChunkedArray: Sequence {
    public struct Iterator: IteratorProtocol {
        @usableFromInline let chunks: [[Element]]
        @usableFromInline var outer = 0
        @usableFromInline var inner = 0

        @inlinable init(_ chunks: [[Element]]) {
            self.chunks = chunks
        }

        @inlinable public mutating func next() -> Element? {
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

    @inlinable public func makeIterator() -> Iterator { Iterator(chunks) }

    @inlinable public var underestimatedCount: Int { count }
}
