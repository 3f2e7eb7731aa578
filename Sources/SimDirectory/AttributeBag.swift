import SimCore

/// The attributes of an object that have a value, sorted by name: a compact map for many small
/// objects. A name is absent rather than null.
///
/// One block of bytes: a dozen attributes take 250 bytes, where an array of names and values took
/// 900, which is what decides how many users fit into memory. Look-up is linear.
package struct AttributeBag: Hashable, Sendable {
    package struct Entry: Hashable, Sendable {
        package let name: String
        package let value: JSONValue
    }

    /// As `StoredAttribute` writes them.
    private(set) var bytes: ArraySlice<UInt8>

    package init() {
        bytes = []
    }

    /// Attributes as another bag wrote them.
    init(stored bytes: ArraySlice<UInt8>) {
        self.bytes = bytes
    }

    /// Later pairs of the same name win; null removes.
    package init(_ pairs: some Sequence<(String, JSONValue)>) {
        self.init()
        for (name, value) in pairs { self[name] = value }
    }

    package var isEmpty: Bool { bytes.isEmpty }

    /// By name.
    package var entries: [Entry] {
        var entries: [Entry] = []
        var rest = bytes
        while let stored = StoredAttribute(startOf: rest) {
            entries.append(Entry(name: stored.name, value: stored.value))
            rest = rest[stored.end...]
        }
        return entries
    }

    package subscript(name: String) -> JSONValue? {
        get {
            let place = place(of: name)
            // Not `? : nil`: that nil would be JSON's null, which is a value.
            guard let found = place.found else { return Optional.none }
            return found.value
        }
        set {
            let place = place(of: name)
            let old = place.start..<(place.found?.end ?? place.start)
            guard let newValue, newValue != .null else {
                if !old.isEmpty { bytes.removeSubrange(old) }
                return
            }
            bytes.replaceSubrange(old, with: StoredAttribute.bytes(name, newValue))
        }
    }

    /// Where the attribute stands, or would.
    private func place(of name: String) -> (start: Int, found: StoredAttribute?) {
        let wanted = AttributeName(name)
        var start = bytes.startIndex
        while let stored = StoredAttribute(startOf: bytes[start...]) {
            if stored.isNamed(wanted) { return (start, stored) }
            if wanted.precedes(stored) { break }
            start = stored.end
        }
        return (start, nil)
    }
}
