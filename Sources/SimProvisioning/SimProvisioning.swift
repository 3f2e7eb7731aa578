/// The provisioning service as machines: scope, mappings, matching, cycles, retries, log entries.
///
/// Refuses to know: sockets, files, timers, sign-in.
package enum SimProvisioning {}
