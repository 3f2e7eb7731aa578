/// Faults as data: where a fault strikes, whom, when, and what happens; and the book that decides,
/// the same way every time.
///
/// Refuses to know: HTTP messages, sockets, tokens, the directory. What a decided effect does to an
/// answer is the business of the seams.
/// Read first: `FaultRule.swift`, `FaultBook.swift`, `FaultEffect.swift`; for drills `Drill.swift`,
/// `DrillExpectation.swift`, `DrillReport.swift`.
