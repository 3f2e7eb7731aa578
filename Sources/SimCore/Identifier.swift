/// An identifier of one kind of object; two kinds never compare or convert by accident.
package struct Identifier<Kind>: Hashable, Comparable, Sendable {
    package let guid: GUID

    package init(_ guid: GUID) {
        self.guid = guid
    }

    package init?(_ text: some StringProtocol) {
        guard let guid = GUID(text) else { return nil }
        self.guid = guid
    }

    package static func < (left: Self, right: Self) -> Bool { left.guid < right.guid }
}

extension Identifier: CustomStringConvertible {
    package var description: String { guid.description }
}
