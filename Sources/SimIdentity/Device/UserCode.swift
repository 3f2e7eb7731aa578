import SimCore

/// What a person copies from the device to the browser. identity-platform.md §3.6.
enum UserCode {
    static let length = 9
    /// Capital letters and digits that are not mistaken for each other.
    private static let alphabet = Array("ABCDEFGHJKLMNPQRSTUVWXYZ23456789".utf8)

    static func make(_ random: any RandomSource) -> String {
        let letters = random.bytes(length, for: .userCode).map {
            alphabet[Int($0) % alphabet.count]
        }
        return String(decoding: letters, as: UTF8.self)
    }

    /// As issued, however it was typed: without case, spaces and hyphens.
    static func normalized(_ typed: String) -> String {
        typed.filter { $0 != " " && $0 != "-" }.uppercased()
    }
}
