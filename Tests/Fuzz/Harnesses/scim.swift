import SimCore
import SimSCIM

/// A filter that is read prints as a text that is read and prints the same: nested chains of one
/// operator are flattened once.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let bytes = UnsafeBufferPointer(start: start, count: count)
    let text = String(decoding: bytes, as: UTF8.self)
    if let filter = try? SCIMFilter(parsing: text) {
        let again = try? SCIMFilter(parsing: filter.description)
        precondition(again?.description == filter.description, "changed: \(filter)")
    }
    if let path = try? SCIMPath(parsing: text) {
        precondition(!path.description.isEmpty)
    }
    return 0
}
