import SimCore
import SimHTTP
import SimIdentity
import SimPortal

/// A plain request for a published document and its answer, as the journal keeps them: the bytes
/// of the request and what the answer has that no other has. Texts are made when somebody looks.
struct PublishedExchange: Sendable {
    /// Number of the document.
    let document: Int
    let marks: PreparedAnswer.Marks
    /// The request as it came.
    let head: [UInt8]
    /// The client's, without port.
    let address: String

    /// The same as any other exchange; nil when there is no such document.
    func exchange(_ documents: PublishedDocuments) -> WireExchange? {
        guard documents.answers.indices.contains(document) else { return nil }
        var parser = HTTPRequestParser(remoteAddress: address)
        parser.append(head)
        // What was plain is a request.
        guard case .request(let received)? = try? parser.next() else { return nil }
        return WireExchange(
            at: marks.at, request: received.request,
            response: documents.answers[document].response(marks))
    }
}
