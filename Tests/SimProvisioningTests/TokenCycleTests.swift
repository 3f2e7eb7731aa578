import SimCore
import SimDirectory
import SimHTTP
import Testing

@testable import SimProvisioning

@Suite("A cycle whose tokens end on the way — provisioning.md §1.3, §10.1")
struct TokenCycleTests {
    private func run(
        parallelism: Int, order: Bench.Order = .first,
        _ change: (inout TokenBench) -> Void = { _ in }
    ) throws -> TokenBench {
        var bench = TokenBench()
        bench.parallelism = parallelism
        bench.order = order
        change(&bench)
        try bench.cycle(TokenBench.company(size: 40))
        return bench
    }

    /// Times move with the calls; everything else of a record must not.
    private func facts(_ bench: TokenBench) -> [String] {
        bench.records.compactMap { record in
            if case .logged(let row) = record {
                "\(row.action) \(row.status) \(row.displayName) \(row.targetID) "
                    + "\(row.failure?.code.rawValue ?? "")"
            } else if case .linked(let key, let link) = record {
                "linked \(key) \(link.target)"
            } else if case .cycleEnded(let summary) = record {
                "\(summary.result) \(summary.counters.exported)"
            } else {
                nil
            }
        }
    }

    @Test("one, two, eight or 64 calls at a time: the same records, one request for many calls")
    func standingClock() throws {
        let reference = try run(parallelism: 1)
        #expect(reference.summary?.result == .succeeded)
        #expect(reference.records.count > 80)
        #expect(reference.tokenRequests == 1)
        for parallelism in [2, 8, 64] {
            for order in [Bench.Order.first, .last] {
                let other = try run(parallelism: parallelism, order: order)
                #expect(other.records == reference.records)
                #expect(other.tokenRequests == 1)
            }
        }
    }

    @Test("tokens that last a dozen calls: the same facts at every parallelism")
    func movingClock() throws {
        let reference = try run(parallelism: 1) { $0.perCall = .minutes(5) }
        #expect(reference.summary?.result == .succeeded)
        #expect(reference.tokenRequests > 10)
        for parallelism in [2, 8, 64] {
            for order in [Bench.Order.first, .last] {
                let other = try run(parallelism: parallelism, order: order) {
                    $0.perCall = .minutes(5)
                }
                #expect(facts(other) == facts(reference))
                #expect(other.asksAtOnce == 1)
                #expect(other.tokenRequests > 1)
                // Everything came by a token, in the order of the tokens.
                #expect(other.tokensSeen.allSatisfy { $0.hasPrefix("token-") })
            }
        }
    }

    @Test("64 calls wait for one token")
    func sharedWait() throws {
        let bench = try run(parallelism: 64) { bench in
            bench.target.rule = { request in
                request.headers["Authorization"] == "Bearer token-1" && request.method != .get
                    ? .success(HTTPResponse(status: 401)) : nil
            }
        }
        #expect(bench.summary?.result == .succeeded)
        #expect(bench.tokenRequests == 2)
        #expect(bench.target.users.count == 40)
    }

    @Test("the token endpoint refuses in mid-cycle: quarantine, what was written stays written")
    func refusedOnTheWay() throws {
        for parallelism in [1, 8] {
            let bench = try run(parallelism: parallelism) { bench in
                bench.perCall = .minutes(5)
                let usual = bench.tokenAnswer
                bench.tokenAnswer = { number in
                    number < 3
                        ? usual(number)
                        : HTTPResponse(status: 401, json: ["error": "invalid_client"])
                }
            }
            #expect(bench.summary?.result == .failed)
            #expect(bench.summary?.watermark == nil)
            #expect(
                bench.summary?.error?.code
                    == "SystemForCrossDomainIdentityManagementCredentialValidationFailure")
            let quarantined = bench.records.contains {
                if case .quarantined(let quarantine) = $0 {
                    quarantine.reason == .encounteredQuarantineException
                } else {
                    false
                }
            }
            #expect(quarantined)
            let linked = bench.records.filter { if case .linked = $0 { true } else { false } }
            #expect(!linked.isEmpty)
            #expect(linked.count >= bench.target.users.count)
            // No object is blamed for it.
            #expect(bench.summary?.counters.failed == 0)
        }
    }

    @Test("in the reference pass: members written before it ended are not written again")
    func refusedAmongReferences() throws {
        let bench = try run(parallelism: 1) { bench in
            bench.target.rule = { request in
                request.method == .patch
                    && String(decoding: request.body, as: UTF8.self).contains("members")
                    ? .success(HTTPResponse(status: 401)) : nil
            }
            let usual = bench.tokenAnswer
            bench.tokenAnswer = { $0 == 1 ? usual($0) : HTTPResponse(status: 500) }
        }
        #expect(bench.summary?.result == .failed)
        #expect(bench.target.users.count == 40)
        #expect(bench.tokenRequests == 2)
    }

    @Test(
        "a target that answers every write 401: each object fails, tokens are not fetched for all")
    func hopeless() throws {
        let bench = try run(parallelism: 8) { bench in
            bench.target.rule = { request in
                request.method == .post ? .success(HTTPResponse(status: 401)) : nil
            }
        }
        #expect(bench.summary?.result == .entryLevelErrors)
        #expect((bench.summary?.counters.failed ?? 0) >= 40)
        #expect((2...16).contains(bench.tokenRequests))
        #expect(
            bench.records.contains { record in
                if case .logged(let row) = record {
                    row.failure?.code == .unauthorized
                } else {
                    false
                }
            })
    }

    @Test("refused at the first call: nothing is asked of the target at all")
    func refusedAtOnce() throws {
        let bench = try run(parallelism: 8) {
            $0.tokenAnswer = { _ in HTTPResponse(status: 400, json: ["error": "invalid_client"]) }
        }
        #expect(bench.tokensSeen.isEmpty)
        #expect(bench.summary?.result == .failed)
        let texts = bench.records.map { "\($0)" }.joined()
        #expect(!texts.contains("client-s3cret"))
    }
}
