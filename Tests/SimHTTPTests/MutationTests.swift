import SimCore
import SimHTTP
import Testing

@Suite("Damaged messages")
struct MutationTests {
    /// `text` with a few bytes replaced, removed, doubled or moved.
    private func damaged(_ text: String, _ random: inout SplitMix64) -> [UInt8] {
        var bytes = Array(text.utf8)
        for _ in 0..<Int(random.next() % 4 + 1) {
            guard let index = bytes.indices.randomElement(using: &random) else { break }
            switch random.next() % 4 {
            case 0: bytes[index] = UInt8(truncatingIfNeeded: random.next())
            case 1: bytes.remove(at: index)
            case 2: bytes.insert(contentsOf: bytes[index...].prefix(20), at: index)
            default: bytes.swapAt(index, Int(random.next() % UInt64(bytes.count)))
            }
        }
        return bytes
    }

    @Test("never stop the request parser, and read the same in one piece and in two")
    func requests() {
        for seed in UInt64(0)..<3_000 {
            var random = SplitMix64(state: seed)
            let sample = RequestParserTests.samples[
                Int(seed) % RequestParserTests.samples.count]
            let bytes = damaged(sample, &random)
            let cut = Int(random.next() % UInt64(bytes.count + 1))
            let whole = outcome([bytes[...]])
            #expect(outcome([bytes[..<cut], bytes[cut...]]) == whole, "seed \(seed)")
        }
    }

    @Test("never stop the response parser")
    func responses() {
        for seed in UInt64(0)..<3_000 {
            var random = SplitMix64(state: seed)
            let sample = ResponseParserTests.samples[
                Int(seed) % ResponseParserTests.samples.count]
            var parser = HTTPResponseParser()
            parser.append(damaged(sample, &random))
            do {
                while try parser.next() != nil {}
                _ = try parser.finish()
            } catch {
                #expect(!error.reason.isEmpty)
            }
        }
    }

    /// What was read before the parser wanted more or refused, and the refusal.
    private struct Outcome: Equatable {
        var requests: [HTTPRequestParser.ReceivedRequest] = []
        var refusal: HTTPProtocolError?
    }

    private func outcome(_ parts: [ArraySlice<UInt8>]) -> Outcome {
        var parser = HTTPRequestParser()
        var outcome = Outcome()
        do throws(HTTPProtocolError) {
            for part in parts {
                parser.append(part)
                reading: while true {
                    switch try parser.next() {
                    case .needsMoreBytes: break reading
                    case .continueExpected: continue
                    case .request(let received): outcome.requests.append(received)
                    }
                }
            }
        } catch {
            outcome.refusal = error
        }
        return outcome
    }
}
