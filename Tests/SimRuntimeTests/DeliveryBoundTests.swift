import SimHTTP
import Testing

@testable import SimRuntime

@Suite("An answer by a plan holds its connection ten minutes at most")
struct DeliveryBoundTests {
    @Test("one wait of just that long is waited for, one moment more closes")
    func wait() {
        #expect(first(.wait(DeliveryPlan.hangLimit)) == .wait(DeliveryPlan.hangLimit, turn: 1))
        #expect(first(.wait(DeliveryPlan.hangLimit + .milliseconds(1))) == .close)
    }

    @Test("pieces that drip for longer are cut off")
    func drip() {
        var delivery = delivery(.head, .drip(bytes: 1, every: .seconds(100)))
        var waits = 0
        var last: Delivery.Action?
        while let action = delivery.next(), waits < 50 {
            last = action
            if action == .close { break }
            guard case .wait = action else { continue }
            waits += 1
            delivery.isWaiting = false
        }
        #expect(waits == 6 && last == .close)
    }

    private func first(_ step: DeliveryStep) -> Delivery.Action? {
        var delivery = delivery(step, .rest)
        return delivery.next()
    }

    private func delivery(_ steps: DeliveryStep...) -> Delivery {
        var response = HTTPResponse(status: 200, body: Array("0123456789".utf8))
        response.delivery = steps
        return Delivery(of: response, as: Array("head\r\n\r\n0123456789".utf8), isHead: false)
    }
}
