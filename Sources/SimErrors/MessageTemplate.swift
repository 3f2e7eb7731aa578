/// A text with `{name}` placeholders.
struct MessageTemplate {
    private enum Piece {
        case text(Substring)
        case placeholder(Substring)
    }

    private let pieces: [Piece]

    /// Braces around anything but letters and digits are ordinary text.
    init(_ template: String) {
        var pieces: [Piece] = []
        var rest = template[...]
        while let open = rest.firstIndex(of: "{") {
            let inner = rest[rest.index(after: open)...]
            guard let close = inner.firstIndex(of: "}"), close > inner.startIndex,
                inner[..<close].utf8.allSatisfy(Self.isNamePart)
            else {
                pieces.append(.text(rest[...open]))
                rest = inner
                continue
            }
            pieces.append(.text(rest[..<open]))
            pieces.append(.placeholder(inner[..<close]))
            rest = inner[inner.index(after: close)...]
        }
        pieces.append(.text(rest))
        self.pieces = pieces
    }

    var placeholders: [String] {
        var names: [String] = []
        for case .placeholder(let name) in pieces where !names.contains(String(name)) {
            names.append(String(name))
        }
        return names
    }

    /// The text with each placeholder replaced; one without a value stays as written.
    func filled(_ value: (Substring) -> String?) -> String {
        pieces.reduce(into: "") { text, piece in
            switch piece {
            case .text(let part): text += part
            case .placeholder(let name): text += value(name) ?? "{\(name)}"
            }
        }
    }

    private static func isNamePart(_ byte: UInt8) -> Bool {
        48...57 ~= byte || 65...90 ~= byte || 97...122 ~= byte || byte == UInt8(ascii: "_")
    }
}
