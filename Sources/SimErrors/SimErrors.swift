/// The AADSTS catalogue and the error envelopes: the only place that spells an AADSTS text.
///
/// Refuses to know: HTTP, directories, who raised the error and why.
package enum SimErrors {}
