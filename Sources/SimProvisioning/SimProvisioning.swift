/// The provisioning service: what Entra sends to a SCIM application, in which order, and how it
/// explains itself in the log.
///
/// Refuses to know: sockets, files, the clock, sign-in, faults. Calls leave as `Action.send` and
/// come back as events; facts leave as `ProvisioningRecord`s for the tenant's log.
/// Read first: `Cycle/ProvisioningCycle.swift`, `Cycle/ObjectTask.swift`,
/// `Job/ProvisioningJobState.swift`.
