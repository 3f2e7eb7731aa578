import SimCore

extension BodyRedaction {
    /// The values of a page's fields with these names.
    static func fields(_ page: String, names: Set<String>) -> String {
        var out: [UInt8] = []
        var rest = Array(page.utf8)[...]
        while let tag = rest.firstRange(ofText: "<input ") {
            let end = rest[tag.upperBound...].firstIndex(of: UInt8(ascii: ">")) ?? rest.endIndex
            out += rest[..<tag.upperBound]
            out += field(rest[tag.upperBound..<end], names)
            rest = rest[end...]
        }
        return String(decoding: out + rest, as: UTF8.self)
    }

    private static func field(_ tag: ArraySlice<UInt8>, _ names: Set<String>) -> [UInt8] {
        guard let name = attribute("name", tag),
            names.contains(String(decoding: tag[name], as: UTF8.self).lowercased()),
            let value = attribute("value", tag)
        else { return Array(tag) }
        return tag[..<value.lowerBound] + Array(WireExchange.redaction.utf8)
            + tag[value.upperBound...]
    }

    /// Where the value of an attribute stands.
    private static func attribute(_ name: String, _ tag: ArraySlice<UInt8>) -> Range<Int>? {
        guard let found = tag.firstRange(ofText: "\(name)=\"") else { return nil }
        let end =
            tag[found.upperBound...].firstIndex(of: UInt8(ascii: "\"")) ?? tag.endIndex
        return found.upperBound..<end
    }
}
