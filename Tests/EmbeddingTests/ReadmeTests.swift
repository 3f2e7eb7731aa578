// The block of README.md, as a program outside this package writes it.
// README: begin
import EntraSim
import Testing

@Test func someoneWhoLeavesIsSwitchedOff() async throws {
    let entra = Simulator()
    try entra.start()
    defer { entra.stop() }
    let claresia = entra.provisioning(of: "Claresia")
    #expect(try await claresia.runCycle().counts.created == 18)

    try entra.directory.disable(user: "adele.vance@contoso.example")
    let before = entra.journal.latest
    try await entra.clock.advance(by: .seconds(40 * 60))

    let sent = entra.journal.exchanges(after: before).filter {
        $0.direction == .inbound && $0.method == "PATCH" && $0.target.hasPrefix("/apps/claresia")
    }
    #expect(sent.count == 1 && sent[0].requestBody.contains(#""active""#))
}
// README: end
