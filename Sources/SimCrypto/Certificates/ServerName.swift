/// The name of a TLS server: a DNS name, perhaps a wildcard, or an address.
enum ServerName: Hashable, Sendable {
    case dns(String)
    case address(String)

    /// Longest name. RFC 1035 §2.3.4.
    static let characterLimit = 253

    /// Brackets around an IPv6 literal and a final dot are taken off.
    init(_ text: String) throws(CryptoError) {
        var name = text
        if name.hasPrefix("["), name.hasSuffix("]") { name = String(name.dropFirst().dropLast()) }
        if name.utf8.contains(UInt8(ascii: ":")) || Self.isIPv4(name) {
            guard name.utf8.allSatisfy(Self.isAddressByte) else { throw Self.refused(text) }
            self = .address(name)
            return
        }
        if name.hasSuffix(".") { name.removeLast() }
        let labels = (name.hasPrefix("*.") ? name.dropFirst(2) : name[...])
            .split(separator: ".", omittingEmptySubsequences: false)
        guard name.utf8.count <= Self.characterLimit, labels.allSatisfy(Self.isLabel) else {
            throw Self.refused(text)
        }
        self = .dns(name)
    }

    /// The entry in OpenSSL's configuration language; the checks above keep commas out of it.
    var extensionText: String {
        switch self {
        case .dns(let name): "DNS:\(name)"
        case .address(let address): "IP:\(address)"
        }
    }

    private static func refused(_ text: String) -> CryptoError {
        CryptoError(operation: "use a server name", reasons: ["\"\(text)\" is not a host name"])
    }

    private static func isIPv4(_ name: String) -> Bool {
        let parts = name.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts.allSatisfy { UInt8($0) != nil }
    }

    private static func isAddressByte(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x46, 0x61...0x66, UInt8(ascii: ":"), UInt8(ascii: "."): true
        default: false
        }
    }

    private static func isLabel(_ label: Substring) -> Bool {
        (1...63).contains(label.utf8.count)
            && label.utf8.allSatisfy { byte in
                switch byte {
                case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
                case UInt8(ascii: "-"), UInt8(ascii: "_"): true
                default: false
                }
            }
    }
}
