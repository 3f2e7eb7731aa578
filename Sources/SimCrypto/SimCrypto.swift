/// Keys, certificates, JOSE, sealed tokens and the TLS engine: computes, does no input or output.
///
/// Refuses to know: sockets, files, time, what a claim means. The only target that sees OpenSSL.
package enum SimCrypto {}
