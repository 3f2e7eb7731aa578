import SimCore

/// What is read can be written, and is read back as the same value.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let input = Array(UnsafeBufferPointer(start: start, count: count))
    do {
        let value = try JSONValue(parsing: input)
        let again = try? JSONValue(parsing: value.serialized)
        precondition(again == value, "changed by writing and reading")
        let pretty = try? JSONValue(parsing: value.prettyText)
        precondition(pretty == value, "changed by writing it for people")
        let all = (try? JSONObject(parsing: input, keeping: value.objectValue?.names ?? [])) ?? nil
        precondition(all == value.objectValue, "changed by reading its members one by one")
        precondition(isTaken(input), "refused when passed over")
    } catch {
        precondition(!isTaken(input), "accepted when passed over")
        precondition(error.offset <= input.count, "the error points outside the text")
        let place = error.position(in: input)
        precondition(place.line >= 1 && place.column >= 1)
        precondition(!error.explanation.isEmpty)
    }
    return 0
}

/// Whether a reader that wants none of its members finds the text in order.
private func isTaken(_ input: [UInt8]) -> Bool {
    do {
        _ = try JSONObject(parsing: input, keeping: [])
        return true
    } catch {
        return false
    }
}
