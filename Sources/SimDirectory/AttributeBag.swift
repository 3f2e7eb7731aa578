import SimCore

/// The attributes of an object that have a value, sorted by name: a compact map for many small
/// objects. A name is absent rather than null.
package struct AttributeBag: Hashable, Sendable {
    package struct Entry: Hashable, Sendable {
        package let name: String
        package var value: JSONValue
    }

    package private(set) var entries: [Entry]

    package init() {
        entries = []
    }

    /// Later pairs of the same name win; null removes.
    package init(_ pairs: some Sequence<(String, JSONValue)>) {
        self.init()
        for (name, value) in pairs { self[name] = value }
    }

    package subscript(name: String) -> JSONValue? {
        get {
            let index = lowerBound(name)
            // Not `? : nil`: that nil would be JSON's null, which is a value.
            guard index < entries.count, entries[index].name == name else { return nil }
            return entries[index].value
        }
        set {
            let index = lowerBound(name)
            let isThere = index < entries.count && entries[index].name == name
            guard let newValue, newValue != .null else {
                if isThere { entries.remove(at: index) }
                return
            }
            if isThere {
                entries[index].value = newValue
            } else {
                entries.insert(Entry(name: name, value: newValue), at: index)
            }
        }
    }

    private func lowerBound(_ name: String) -> Int {
        var low = 0
        var high = entries.count
        while low < high {
            let middle = (low + high) / 2
            if entries[middle].name < name { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
