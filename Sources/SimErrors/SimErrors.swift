/// The one catalogue of the service's errors, and the forms in which an error leaves: token
/// endpoint body, redirect parameters, page text, look-up page.
///
/// Refuses to know: HTTP messages, HTML, the directory, when an error is raised.
/// Read first: `AADSTSError.swift`, `ErrorEnvelope.swift`, `AADSTSCatalogue.swift`.
/// Source of the data: aadsts.md and its table of 404 numbers.
