import SimHTTP

/// A request means the same however the network cuts it, and nothing is read without end.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let input = Array(UnsafeBufferPointer(start: start, count: count))
    let whole = requests(in: [input[...]])
    let middle = input.count / 2
    for pieces in [input.indices.map { input[$0...$0] }, [input[..<middle], input[middle...]]] {
        let cut = requests(in: pieces)
        precondition(cut == whole, "\(pieces.count) pieces: \(cut)\nwhole: \(whole)")
    }
    readAnswers(input)
    return 0
}

/// What one connection received: requests, then perhaps an error.
struct Received: Equatable {
    var requests: [HTTPRequestParser.ReceivedRequest] = []
    var error: HTTPProtocolError?
}

func requests(in pieces: [ArraySlice<UInt8>]) -> Received {
    var parser = HTTPRequestParser()
    var received = Received()
    for piece in pieces {
        parser.append(piece)
        do throws(HTTPProtocolError) {
            reading: while true {
                switch try parser.next() {
                case .needsMoreBytes: break reading
                case .continueExpected: continue
                case .request(let request): received.requests.append(request)
                }
            }
        } catch {
            received.error = error
            return received
        }
    }
    return received
}

func readAnswers(_ input: [UInt8]) {
    var parser = HTTPResponseParser()
    for method in [HTTPMethod.get, .head, .post] { parser.expect(method) }
    parser.append(input)
    do {
        while try parser.next() != nil {}
        _ = try parser.finish()
    } catch {
        return
    }
}
