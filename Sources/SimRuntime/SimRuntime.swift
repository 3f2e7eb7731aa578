/// The outer ring: event loops, listener, HTTP client, journal files, system clock and randomness.
///
/// Refuses to know: what any request or event means.
