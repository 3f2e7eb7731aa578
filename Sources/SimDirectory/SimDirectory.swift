/// A tenant as data: users, groups, applications, assignments, grants; the events that change them;
/// the fold of those events; read-only snapshots; fixtures and the journal's text form.
///
/// Refuses to know: files, sockets, tokens, provisioning rules.
/// Read first: `TenantEvent.swift`, `DirectorySnapshot.swift`, `User.swift`.
