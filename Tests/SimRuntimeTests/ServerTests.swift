import Glibc
import SimCore
import SimHTTP
import TestWire
import Testing

@testable import SimRuntime

@Suite("The server answers — RFC 9112")
struct ServerTests {
    static func on(_ poller: PollerKind) -> ServerConfiguration {
        ServerConfiguration(loops: 1, poller: poller)
    }

    @Test("a request with date, length and body, byte for byte", arguments: PollerKind.allCases)
    func bytes(_ poller: PollerKind) throws {
        try withServer(Self.on(poller)) { server in
            let client = try WireClient(port: server.boundPort)
            client.send("GET /a?b=c HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
            #expect(
                client.readToEnd() == """
                    HTTP/1.1 200 OK\r
                    Date: Mon, 05 Jan 2026 08:00:00 GMT\r
                    Content-Length: 10\r
                    Connection: close\r
                    \r
                    GET /a?b=c
                    """)
        }
    }

    @Test("pipelined requests in their order, more than one turn takes")
    func pipelining() throws {
        try withServer { server in
            let client = try WireClient(port: server.boundPort)
            let numbers = Array(0..<100)
            client.send(numbers.map { "GET /\($0) HTTP/1.1\r\nHost: h\r\n\r\n" }.joined())
            client.endSending()
            let answer = try #require(client.readToEnd())
            let bodies = answer.split(separator: "\r\n\r\nGET /").dropFirst()
            #expect(
                bodies.map { String($0.prefix { $0.isNumber }) } == numbers.map(String.init))
        }
    }

    @Test("HEAD with the length of GET and no body — RFC 9110 §9.3.2")
    func head() throws {
        try withServer { server in
            let client = try WireClient(port: server.boundPort)
            client.send("HEAD / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n")
            let answer = try #require(client.readToEnd())
            #expect(answer.contains("Content-Length: 6\r\n"))
            #expect(answer.hasSuffix("\r\n\r\n"))
        }
    }

    @Test("an HTTP/1.0 client that asks to stay, and closes on one that does not")
    func http10() throws {
        try withServer { server in
            let client = try WireClient(port: server.boundPort)
            client.send("GET /1 HTTP/1.0\r\nConnection: keep-alive\r\n\r\n")
            #expect(client.read(until: "GET /1")?.contains("Connection: keep-alive\r\n") == true)
            client.send("GET /2 HTTP/1.0\r\n\r\n")
            #expect(client.readToEnd()?.contains("Connection: close\r\n") == true)
        }
    }

    @Test("100 Continue before a body that is waited for — RFC 9110 §10.1.1")
    func continues() throws {
        try withServer { server in
            let client = try WireClient(port: server.boundPort)
            client.send(
                "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n")
            #expect(client.read(until: "\r\n\r\n") == "HTTP/1.1 100 Continue\r\n\r\n")
            client.send("ok")
            #expect(client.read(until: "POST /")?.hasPrefix("HTTP/1.1 200 OK\r\n") == true)
        }
    }

    @Test(
        "what is malformed before it closes",
        arguments: [
            ("GET / HTTP/1.1\r\n\r\n", 400), ("GET / HTTP/2.0\r\nHost: h\r\n\r\n", 505),
            ("\u{16}\u{3}\u{1}", 400),
            ("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 99999999\r\n\r\n", 413),
            ("POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: gzip\r\n\r\n", 501),
        ])
    func malformed(_ text: String, _ status: Int) throws {
        try withServer { server in
            let client = try WireClient(port: server.boundPort)
            client.send(text)
            let answer = try #require(client.readToEnd())
            #expect(answer.hasPrefix("HTTP/1.1 \(status) "))
            #expect(answer.contains("Connection: close\r\n"))
        }
    }

    @Test("413 that arrives although the client goes on sending its body")
    func lingering() throws {
        try withServer { server in
            let client = try WireClient(port: server.boundPort)
            client.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 20000000\r\n\r\n")
            client.send([UInt8](repeating: 65, count: 300_000))
            #expect(client.read(until: "too large\n")?.hasPrefix("HTTP/1.1 413 ") == true)
        }
    }

    @Test("requests answered before a malformed one keep their answers")
    func malformedAfterGood() throws {
        try withServer { server in
            let client = try WireClient(port: server.boundPort)
            client.send("GET /1 HTTP/1.1\r\nHost: h\r\n\r\nBAD\r\n\r\n")
            let answer = try #require(client.readToEnd())
            #expect(answer.hasPrefix("HTTP/1.1 200 "))
            #expect(answer.contains("GET /1HTTP/1.1 400 "))
        }
    }

    @Test("408 to a request that does not arrive in time, silence to an idle connection")
    func timeouts() throws {
        var configuration = ServerConfiguration(loops: 1)
        configuration.requestTimeout = .milliseconds(60)
        configuration.idleTimeout = .milliseconds(60)
        try withServer(configuration) { server in
            let slow = try WireClient(port: server.boundPort)
            slow.send("GET / HT")
            let idle = try WireClient(port: server.boundPort)
            #expect(slow.readToEnd()?.hasPrefix("HTTP/1.1 408 ") == true)
            #expect(idle.readToEnd() == "")
        }
    }

    @Test("503 to one connection too many")
    func connectionLimit() throws {
        var configuration = ServerConfiguration(loops: 1)
        configuration.maximumConnections = 2
        try withServer(configuration) { server in
            let open = try (0..<2).map { _ in try WireClient(port: server.boundPort) }
            for client in open {
                client.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n")
                #expect(client.read(until: "GET /") != nil)
            }
            let refused = try WireClient(port: server.boundPort)
            #expect(refused.readToEnd()?.hasPrefix("HTTP/1.1 503 ") == true)
        }
    }

    @Test("500 instead of a header field that would split the answer")
    func unsendableHeader() throws {
        let handler = FunctionHandler { _, _ in
            HTTPResponse(status: 302, headers: ["Location": "/\r\nSet-Cookie: a=b"])
        }
        try withServer(ServerConfiguration(loops: 1), handler) { server in
            let client = try WireClient(port: server.boundPort)
            client.send("GET / HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n")
            let answer = try #require(client.readToEnd())
            #expect(answer.hasPrefix("HTTP/1.1 500 "))
            #expect(!answer.contains("Set-Cookie"))
        }
    }

    @Test("a port in use is found, also by a second server of ours")
    func portInUse() throws {
        try withServer(ServerConfiguration(loops: 2)) { server in
            #expect(throws: ListenFailure.portInUse(server.boundPort)) {
                _ = try HTTPServer.start(
                    ServerConfiguration(port: server.boundPort, loops: 2),
                    handler: FunctionHandler.echo, clock: FixedClock(testMoment))
            }
        }
    }

    @Test("a slow reader gets a large answer whole")
    func largeAnswer() throws {
        let handler = FunctionHandler { _, _ in
            HTTPResponse(status: 200, body: [UInt8](repeating: 66, count: 8 << 20))
        }
        try withServer(ServerConfiguration(loops: 1), handler) { server in
            let client = try WireClient(port: server.boundPort)
            client.send(
                "GET /1 HTTP/1.1\r\nHost: h\r\n\r\nGET /2 HTTP/1.1\r\nHost: h\r\n\r\n")
            client.endSending()
            let answer = try #require(client.readToEnd())
            #expect(answer.utf8.filter { $0 == 66 }.count == 16 << 20)
        }
    }

    @Test("a thousand idle connections and one busy one")
    func idleConnections() throws {
        try withServer(ServerConfiguration(loops: 2)) { server in
            let idle = try (0..<1_000).map { _ in try WireClient(port: server.boundPort) }
            let busy = try WireClient(port: server.boundPort)
            for number in 0..<50 {
                busy.send("GET /\(number) HTTP/1.1\r\nHost: h\r\n\r\n")
                #expect(busy.read(until: "GET /\(number)") != nil)
            }
            #expect(idle.count == 1_000)
        }
    }
}
