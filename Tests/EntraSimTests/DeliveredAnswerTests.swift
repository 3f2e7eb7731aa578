import SimHTTP
import Testing

@testable import EntraSim

@Suite("An answer on its way to a client in this process")
struct DeliveredAnswerTests {
    private let ten = HTTPResponse(status: 200, body: Array("0123456789".utf8))

    @Test("comes whole and at once unless a plan says otherwise")
    func ordinary() {
        let delivered = DeliveredAnswer(ten, patience: .seconds(30))
        #expect(status(delivered) == 200)
        #expect(delivered.delay == .zero)
    }

    @Test("that is late is waited for up to the client's patience and not longer")
    func late() {
        for (delay, isInTime) in [(Duration.seconds(30), true), (.milliseconds(30_001), false)] {
            let delivered = deliver([.wait(delay), .rest])
            #expect((status(delivered) == 200) == isInTime)
            #expect(delivered.delay == .seconds(30))
        }
        #expect(failure(deliver([.hang])) == "no answer within 30 s")
    }

    @Test("that drips takes as long as its pieces")
    func drip() {
        #expect(deliver([.head, .drip(bytes: 4, every: .seconds(2))]).delay == .seconds(6))
        #expect(status(deliver([.head, .drip(bytes: 1, every: .seconds(3))])) == 200)
        #expect(
            failure(deliver([.head, .drip(bytes: 1, every: .seconds(4))])) != nil)
    }

    @Test("that is cut, reset, or announced longer than it is, is none")
    func broken() {
        #expect(failure(deliver([.head, .body(9), .close])) == "the answer ended early")
        #expect(status(deliver([.head, .body(10), .close])) == 200)
        #expect(failure(deliver([.reset])) == "the connection was reset")
        #expect(failure(deliver([.rest, .wait(.milliseconds(20)), .reset])) != nil)
        var long = ten
        long.headers.set("Content-Length", "11")
        long.delivery = [.rest, .close]
        #expect(
            failure(DeliveredAnswer(long, patience: .seconds(30))) == "the answer ended early")
    }

    private func deliver(_ plan: [DeliveryStep]) -> DeliveredAnswer {
        var response = ten
        response.delivery = plan
        return DeliveredAnswer(response, patience: .seconds(30))
    }

    private func status(_ delivered: DeliveredAnswer) -> Int? {
        if case .answered(let response) = delivered.outcome { response.status } else { nil }
    }

    private func failure(_ delivered: DeliveredAnswer) -> String? {
        if case .failed(let reason) = delivered.outcome { reason } else { nil }
    }
}

@Suite("A page as a browser without JavaScript reads it")
struct PageFormTests {
    @Test("forms, what they hold, what they ask for, their buttons, in the page's order")
    func forms() {
        let page = HTTPResponse(
            html: """
                <h1 class="x">Enter &amp; go</h1><form method="post" action="/a?b=1&amp;c=2">
                <input type="hidden" name="flow" value="&quot;1&quot;"><input name="passwd"
                type="password"><button name="back" value="1">Back</button></form>
                <form action="/other"><input type="hidden" name="x" value=""></form>
                <code id="simulated-code">123456</code>
                """)
        let forms = PageForm.all(in: page)
        #expect(forms.map(\.action) == ["/a?b=1&c=2", "/other"])
        #expect(forms.first?.fields["flow"] == "\"1\"")
        #expect(forms.first?.asked == ["passwd"])
        #expect(forms.first?.buttons == ["back"])
        #expect(PageForm.heading(of: page) == "Enter & go")
        #expect(PageForm.simulatedCode(in: page) == "123456")
    }

    @Test("a page without any has none")
    func none() {
        let page = HTTPResponse(html: "<p>Nothing here")
        #expect(PageForm.all(in: page).isEmpty)
        #expect(PageForm.heading(of: page).isEmpty)
        #expect(PageForm.simulatedCode(in: page) == nil)
    }
}
