import SimCore
import SimHTTP

extension ControlRoutes {
    private enum Direction: String, CaseIterable {
        case inbound, outbound
    }

    /// Checks for test suites in any language.
    static let expectEndpoints: [ControlEndpoint] = [
        ControlEndpoint(
            .post, "expect", body: ["after", "direction", "calls", "order", "writes"],
            "whether the calls in the journal are those expected"
        ) { input throws(ControlError) in
            let body = input.body
            var calls: [CallExpectation.Call]?
            if let texts = try body.strings("calls") {
                guard texts.count <= CallExpectation.callLimit else {
                    throw .badRequest("more than \(CallExpectation.callLimit) calls are expected")
                }
                var read: [CallExpectation.Call] = []
                for text in texts {
                    guard let call = CallExpectation.Call(text) else {
                        throw .badRequest(
                            "'\(text)' is not a call", hint: "write it as PATCH */Users/* 204")
                    }
                    read.append(call)
                }
                calls = read
            }
            let order = try body.choice("order", CallExpectation.Order.self)
            let writes = try body.bool("writes")
            guard calls != nil || writes == false else {
                throw .badRequest(
                    "nothing is expected",
                    hint: #"{"calls": ["POST */Users 201"]} or {"writes": false}"#)
            }
            return .expect(
                CallExpectation(
                    after: UInt64(try body.number("after", in: 0...Int.max) ?? 0),
                    isInbound: try body.choice("direction", Direction.self) == .inbound,
                    calls: calls, order: order ?? .exactly, allowsWrites: writes ?? true))
        }
    ]
}
