import SimCore

/// What is read can be written, and is read back as the same fields.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let bytes = UnsafeBufferPointer(start: start, count: count)
    let text = String(decoding: bytes, as: UTF8.self)
    if let fields = try? FormFields(parsing: text) {
        let again = try? FormFields(parsing: fields.encoded())
        precondition(again == fields, "changed by writing and reading")
    }
    if let plain = PercentCoding.decode(text, plusIsSpace: false) {
        let coded = PercentCoding.encode(plain, .component)
        precondition(PercentCoding.decode(coded, plusIsSpace: false) == plain)
    }
    return 0
}
