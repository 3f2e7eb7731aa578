/// What a peer may make us hold. Every reader names its bound; one byte more is a typed refusal.
package struct HTTPLimits: Hashable, Sendable {
    /// Bytes of a request or status line without its CRLF.
    package var startLineBytes: Int
    /// Bytes of one header field line without its CRLF.
    package var headerFieldBytes: Int
    /// Fields of one message.
    package var headerFieldCount: Int
    /// Bytes of all header field lines of one message together.
    package var headerSectionBytes: Int
    /// Bytes of a message's body after decoding.
    package var bodyBytes: Int
    /// Bytes of a chunk-size line with its extensions, and of a whole trailer section.
    package var chunkLineBytes: Int
    package var trailerBytes: Int

    package init(
        startLineBytes: Int = 16 * 1_024, headerFieldBytes: Int = 16 * 1_024,
        headerFieldCount: Int = 100, headerSectionBytes: Int = 64 * 1_024,
        bodyBytes: Int = 10 * 1_024 * 1_024, chunkLineBytes: Int = 1_024,
        trailerBytes: Int = 8 * 1_024
    ) {
        self.startLineBytes = startLineBytes
        self.headerFieldBytes = headerFieldBytes
        self.headerFieldCount = headerFieldCount
        self.headerSectionBytes = headerSectionBytes
        self.bodyBytes = bodyBytes
        self.chunkLineBytes = chunkLineBytes
        self.trailerBytes = trailerBytes
    }

    package static let standard = HTTPLimits()
}
