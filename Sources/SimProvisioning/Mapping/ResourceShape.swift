import SimCore

/// How the body of a create is written for one mapping: every member's place and its text up to
/// the value, found out once. Writes what `ResourceBuilder` builds, without the tree between.
/// provisioning.md §7.4, §7.5.
struct ResourceShape: Sendable {
    /// A member of the resource.
    private struct Part: Sendable {
        let rank: Int
        /// `"name":`
        let opening: [UInt8]
        let form: Form
    }

    private enum Form: Sendable {
        case plain, object, items
    }

    /// Where the value of one mapped attribute goes.
    private struct Place: Sendable {
        let part: Int
        /// The item of a multi-valued attribute; 0 elsewhere.
        let item: Int
        /// `"name":` inside an object or an item; empty for a plain one.
        let opening: [UInt8]
    }

    private let kind: ObjectKey.Kind
    /// `"schemas":[…]` and `"meta":{…}`
    private let schemas: [UInt8]
    private let meta: [UInt8]
    private let paths: [TargetPath]
    private var parts: [Part] = []
    private var places: [Place] = []
    /// What a new item says before its values, without the closing brace.
    private var items: [[UInt8]] = []
    private var rolesPart: Int?
    /// Two paths mean the same value in different ways: these are built as trees.
    private let isIrregular: Bool

    /// - Parameter paths: of the mapping's attributes, in mapping order.
    init(_ paths: [TargetPath], _ kind: ObjectKey.Kind) {
        self.kind = kind
        self.paths = paths
        let empty = ResourceBuilder().resource(kind, sendsEmptyRoles: false)
        schemas = Self.opening("schemas") + (empty["schemas"]?.serialized ?? [])
        meta = Self.opening("meta") + (empty["meta"]?.serialized ?? [])
        var draft = Draft()
        isIrregular = paths.contains { !draft.add($0) }
        guard !isIrregular else { return }
        parts = draft.parts
        places = draft.places
        items = draft.items
        rolesPart = draft.names.firstIndex(of: "roles")
    }

    /// The body, members in wire order.
    ///
    /// - Parameter values: in mapping order.
    func body(_ values: [PlannedValue], sendsEmptyRoles: Bool) -> [UInt8] {
        guard !isIrregular else {
            var builder = ResourceBuilder()
            for value in values { builder.set(value.json, at: paths[value.attribute.index]) }
            return builder.resource(kind, sendsEmptyRoles: sendsEmptyRoles).serialized
        }
        var out: [UInt8] = []
        out.reserveCapacity(1_024)
        out.append(UInt8(ascii: "{"))
        out.append(contentsOf: schemas)
        let order = order(of: values)
        for part in order where parts[part].rank < ResourceBuilder.metaRank {
            write(part, values, into: &out)
        }
        out.append(UInt8(ascii: ","))
        out.append(contentsOf: meta)
        for part in order where parts[part].rank > ResourceBuilder.metaRank {
            write(part, values, into: &out)
        }
        if kind == .user, sendsEmptyRoles, !(rolesPart.map { order.contains($0) } ?? false) {
            out.append(contentsOf: #","roles":[]"#.utf8)
        }
        out.append(UInt8(ascii: "}"))
        return out
    }

    /// The parts that have a value, by rank, then by their first value.
    private func order(of values: [PlannedValue]) -> [Int] {
        var order: [Int] = []
        order.reserveCapacity(parts.count)
        for index in values.indices {
            let part = places[values[index].attribute.index].part
            guard !order.contains(part) else { continue }
            let rank = parts[part].rank
            var place = order.count
            while place > 0, parts[order[place - 1]].rank > rank { place -= 1 }
            order.insert(part, at: place)
        }
        return order
    }

    private func write(_ part: Int, _ values: [PlannedValue], into out: inout [UInt8]) {
        out.append(UInt8(ascii: ","))
        out.append(contentsOf: parts[part].opening)
        switch parts[part].form {
        case .plain:
            for index in values.indices where places[values[index].attribute.index].part == part {
                values[index].write(into: &out)
            }
        case .object:
            out.append(UInt8(ascii: "{"))
            writeMembers(values, into: &out) { $0.part == part }
            out.append(UInt8(ascii: "}"))
        case .items:
            out.append(UInt8(ascii: "["))
            writeItems(of: part, values, into: &out)
            out.append(UInt8(ascii: "]"))
        }
    }

    /// Items in the order of their first values.
    private func writeItems(of part: Int, _ values: [PlannedValue], into out: inout [UInt8]) {
        var written: [Int] = []
        for index in values.indices {
            let place = places[values[index].attribute.index]
            guard place.part == part, !written.contains(place.item) else { continue }
            if !written.isEmpty { out.append(UInt8(ascii: ",")) }
            written.append(place.item)
            out.append(contentsOf: items[place.item])
            out.append(UInt8(ascii: ","))
            writeMembers(values, into: &out) { $0.part == part && $0.item == place.item }
            out.append(UInt8(ascii: "}"))
        }
    }

    private func writeMembers(
        _ values: [PlannedValue], into out: inout [UInt8], where isIn: (Place) -> Bool
    ) {
        var isFirst = true
        for index in values.indices {
            let number = values[index].attribute.index
            guard isIn(places[number]) else { continue }
            if !isFirst { out.append(UInt8(ascii: ",")) }
            isFirst = false
            out.append(contentsOf: places[number].opening)
            values[index].write(into: &out)
        }
    }

    private static func opening(_ name: String) -> [UInt8] {
        var out: [UInt8] = []
        JSONWriter.write(name, into: &out)
        out.append(UInt8(ascii: ":"))
        return out
    }
}

extension ResourceShape {
    /// The shape as far as it is known, path by path.
    private struct Draft {
        var parts: [Part] = []
        var names: [String] = []
        var places: [Place] = []
        var items: [[UInt8]] = []
        private var selectors: [(part: Int, selector: TargetPath.Selector)] = []
        private var taken: Set<[String]> = []

        /// - Returns: false for a path that the tree has to settle: one that means a value another
        ///   path means too, or an item that two paths describe differently.
        mutating func add(_ path: TargetPath) -> Bool {
            if path.extensionURN != nil, path.subAttribute != nil || path.selector != nil {
                return false
            }
            let name = path.extensionURN ?? path.attribute
            let form: Form =
                path.extensionURN != nil
                ? .object
                : path.subAttribute == nil ? .plain : path.selector == nil ? .object : .items
            let part = names.firstIndex(of: name) ?? append(name, form, path)
            guard parts[part].form == form else { return false }
            let leaf = path.extensionURN != nil ? path.attribute : path.subAttribute ?? ""
            var item = 0
            if form == .items, let selector = path.selector {
                guard let found = self.item(of: part, selector, path) else { return false }
                item = found
                let fixed = ResourceBuilder.newItem(of: path.attribute, selector)
                guard fixed[leaf] == nil else { return false }
            }
            guard taken.insert([String(part), String(item), leaf]).inserted else { return false }
            places.append(
                Place(part: part, item: item, opening: leaf.isEmpty ? [] : opening(leaf)))
            return true
        }

        private mutating func append(_ name: String, _ form: Form, _ path: TargetPath) -> Int {
            names.append(name)
            parts.append(
                Part(
                    rank: ResourceBuilder.rank(of: path), opening: opening(name), form: form))
            return parts.count - 1
        }

        /// The item a selector means; nil where it may mean another one's.
        private mutating func item(
            of part: Int, _ selector: TargetPath.Selector, _ path: TargetPath
        ) -> Int? {
            for (index, other) in selectors.enumerated() where other.part == part {
                if other.selector == selector { return index }
                let isOther =
                    other.selector.attribute == selector.attribute
                    && other.selector.value.lowercased() != selector.value.lowercased()
                guard isOther else { return nil }
            }
            selectors.append((part, selector))
            let fixed = ResourceBuilder.newItem(of: path.attribute, selector).serialized
            items.append(Array(fixed.dropLast()))
            return selectors.count - 1
        }
    }
}

extension PlannedValue {
    /// `json`, written.
    func write(into out: inout [UInt8]) {
        guard roles == nil, list == nil else { return JSONWriter.write(json, into: &out) }
        switch attribute.kind {
        case .string, .reference, .binary, .dateTime: JSONWriter.write(new, into: &out)
        case .boolean, .integer: JSONWriter.write(attribute.typed(new), into: &out)
        }
    }
}
