import SimCore
import SimCrypto

/// A foreign token is taken apart or refused; what is signed is a prefix of what was received.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let input = Array(UnsafeBufferPointer(start: start, count: count))
    if let token = try? JSONWebToken(parsing: input) {
        precondition(input.starts(with: token.signingInput))
        _ = (token.algorithm, token.keyID, token.sha1Thumbprint, token.sha256Thumbprint)
    }
    return 0
}
