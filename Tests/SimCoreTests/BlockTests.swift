import SimCore
import Testing

@Suite("Drawn blocks and texts written in place")
struct BlockTests {
    private static let samples: [RandomBlock] = {
        var mixer = SplitMix64(state: 5)
        return [
            RandomBlock(high: 0, low: 0), RandomBlock(high: .max, low: .max),
            RandomBlock(high: 0x0123_4567_89AB_CDEF, low: 0xFEDC_BA98_7654_3210),
        ] + (0..<50).map { _ in RandomBlock(high: mixer.next(), low: mixer.next()) }
    }()

    @Test("a seeded stream gives the same bytes, however they are drawn")
    func stream() {
        let purpose = RandomPurpose("test")
        let (one, other) = (SeededRandom(seed: 3), SeededRandom(seed: 3))
        for _ in 0..<5 {
            let block = one.block(for: purpose)
            #expect(GUID(high: block.high, low: block.low).bytes == other.bytes(16, for: purpose))
        }
        #expect(one.bytes(8, for: purpose) == other.bytes(8, for: purpose))
        #expect(one.guid(for: purpose) == GUID(version4: other.bytes(16, for: purpose)))
    }

    @Test("16 bytes in base64url are the same text, written in place or made")
    func base64() {
        for block in Self.samples {
            var out = [UInt8](repeating: 0x2E, count: Base64.blockLength + 2)
            var span = out.mutableSpan
            Base64.urlWrite(block, to: &span, at: 1)
            let text = Base64.urlEncode(GUID(high: block.high, low: block.low).bytes)
            #expect(String(decoding: out, as: UTF8.self) == ".\(text).")
        }
    }

    @Test("a GUID's text is its bytes in hexadecimal, and is read back")
    func guid() {
        for block in Self.samples {
            let guid = GUID(high: block.high, low: block.low)
            let hex = guid.bytes.map {
                $0 < 16 ? "0" + String($0, radix: 16) : String($0, radix: 16)
            }
            .joined()
            #expect(guid.undashed == hex)
            #expect(guid.description.split(separator: "-").map(\.count) == [8, 4, 4, 4, 12])
            #expect(GUID(guid.description) == guid && GUID(hex.uppercased()) == guid)
            let plain = guid.bytes
            #expect(
                guid.littleEndianBytes
                    == [3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15].map { plain[$0] })
        }
        for text in [
            "", "1b4e28ba-2fa1-11d2-883f-0016d3cca42", "1b4e28ba2fa1-11d2-883f-0016d3cca427-",
        ] {
            #expect(GUID(text) == nil)
        }
    }

    @Test("dates are written in place as they are printed")
    func dates() {
        for seconds in stride(from: Int64(0), to: 4_000_000_000, by: 98_765_431) {
            let time = Timestamp(seconds: seconds)
            var out = [UInt8](repeating: 0, count: 2 * Timestamp.httpDateLength)
            var span = out.mutableSpan
            time.writeHTTPDate(to: &span, at: 0)
            time.writeCookieDate(to: &span, at: Timestamp.httpDateLength)
            #expect(String(decoding: out, as: UTF8.self) == time.httpDate + time.cookieDate)
            #expect(Timestamp(httpDate: time.httpDate) == time)
        }
    }
}
