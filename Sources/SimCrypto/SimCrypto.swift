/// Keys, certificates, JOSE, sealed bytes and the TLS engine: computes, does no input or output.
///
/// Refuses to know: sockets, files, time, what a claim means. The only target that sees OpenSSL;
/// every pointer of that library is owned by one final class of this target.
/// Read first: `JOSE/SigningKey.swift`, `Certificates/Certificate.swift`,
/// `TLS/TLSConnection.swift`.
package enum SimCrypto {}
