import SimCore

/// The attributes of an object that have a value, sorted by name: a compact map for many small
/// objects. A name is absent rather than null.
///
/// One block of bytes, a few hundred for a user: an array of names and values is several times as
/// large, and decides how many users fit into memory. Look-up is linear.
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
        let span = bytes.span
        var start = 0
        while let stored = StoredAttribute(span, at: start) {
            entries.append(Entry(name: stored.name(in: span), value: stored.value(in: span)))
            start = stored.end
        }
        return entries
    }

    package subscript(name: String) -> JSONValue? {
        get {
            self[AttributeName(name)]
        }
        set {
            let place = place(of: AttributeName(name))
            let start = bytes.startIndex + place.start
            let old = start..<(place.found.map { bytes.startIndex + $0.end } ?? start)
            guard let newValue, newValue != .null else {
                if !old.isEmpty { bytes.removeSubrange(old) }
                return
            }
            bytes.replaceSubrange(old, with: StoredAttribute.bytes(name, newValue))
        }
    }

    package subscript(name: AttributeName) -> JSONValue? {
        // Not `? : nil`: that nil would be JSON's null, which is a value.
        guard let found = place(of: name).found else { return Optional.none }
        return found.value(in: bytes.span)
    }

    /// Where the attribute stands, or would, counted from the first byte.
    private func place(of wanted: AttributeName) -> (start: Int, found: StoredAttribute?) {
        let span = bytes.span
        var start = 0
        while let stored = StoredAttribute(span, at: start) {
            if stored.isNamed(wanted, in: span) { return (start, stored) }
            if stored.follows(wanted, in: span) { break }
            start = stored.end
        }
        return (start, nil)
    }
}
