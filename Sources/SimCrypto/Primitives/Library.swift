import COpenSSL

/// The crypto library's own start.
enum Library {
    /// Called before anything of the library is used, by whatever first makes something of it.
    ///
    /// Left alone, the library registers a clean-up for the end of the process: threads that are
    /// still encrypting then crash in it. The system frees the memory anyway.
    static func prepare() {
        precondition(isPrepared, "the crypto library does not start")
    }

    private static let isPrepared = OPENSSL_init_crypto(UInt64(OPENSSL_INIT_NO_ATEXIT), nil) == 1
}
