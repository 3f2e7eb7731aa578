import COpenSSL

/// The one protocol spoken inside TLS: `http/1.1`. RFC 7301.
enum ApplicationProtocol {
    private static let name = Array("http/1.1".utf8)

    /// The list a client sends: one name after its length.
    static let offer = [UInt8(name.count)] + name

    /// Chooses `http/1.1` where the client lists it; a client that does not list it gets no answer
    /// and decides itself whether to go on.
    static let select:
        @convention(c) (
            OpaquePointer?, UnsafeMutablePointer<UnsafePointer<UInt8>?>?,
            UnsafeMutablePointer<UInt8>?, UnsafePointer<UInt8>?, UInt32, UnsafeMutableRawPointer?
        ) -> Int32 = { _, chosen, chosenCount, list, listCount, _ in
            let list = UnsafeBufferPointer(start: list, count: Int(listCount))
            var start = 0
            while start < list.count {
                let end = start + 1 + Int(list[start])
                guard end <= list.count else { break }
                if list[(start + 1)..<end].elementsEqual(name) {
                    // The answer may point into the client's list, which outlives this call.
                    chosen?.pointee = list.baseAddress.map { $0 + start + 1 }
                    chosenCount?.pointee = list[start]
                    return SSL_TLSEXT_ERR_OK
                }
                start = end
            }
            return SSL_TLSEXT_ERR_NOACK
        }
}
