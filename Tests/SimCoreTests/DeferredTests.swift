import SimCore
import Synchronization
import Testing

@Suite("A value at hand, or made when somebody reads it")
struct DeferredTests {
    @Test("is not made until it is read, and each reader has it made")
    func made() {
        let count = Mutex(0)
        let text = Deferred {
            count.withLock {
                $0 += 1
                return "row"
            }
        }
        #expect(count.withLock { $0 } == 0)
        #expect(text.value == "row" && text.value == "row")
        #expect(count.withLock { $0 } == 2)
    }

    @Test("is the same whether it was at hand or made")
    func same() {
        #expect(Deferred(7) == Deferred { 7 })
        #expect(Deferred(7) != Deferred { 8 })
        #expect(Set([Deferred(7), Deferred { 7 }, Deferred { 8 }]).count == 2)
    }
}
