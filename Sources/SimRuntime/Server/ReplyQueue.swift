import SimHTTP

/// Answers in the order of their requests: one that is ready waits for those before it.
/// RFC 9112 §9.3.2.
struct ReplyQueue {
    /// How the answer of a request is to be written.
    struct Form {
        var keepsAlive: Bool
        var isHTTP10: Bool
        var isHead: Bool
    }

    private struct Slot {
        let sequence: UInt64
        let form: Form
        var response: HTTPResponse?
    }

    private var slots: [Slot] = []

    var count: Int { slots.count }
    var isEmpty: Bool { slots.isEmpty }

    mutating func append(_ sequence: UInt64, _ form: Form, _ response: HTTPResponse?) {
        slots.append(Slot(sequence: sequence, form: form, response: response))
    }

    /// Gives request `sequence` its answer; a second answer, or one for an unknown request, is
    /// dropped.
    mutating func answer(_ sequence: UInt64, _ response: HTTPResponse) {
        guard let index = slots.firstIndex(where: { $0.sequence == sequence }),
            slots[index].response == nil
        else { return }
        slots[index].response = response
    }

    /// The next answer in order, once it is there.
    mutating func popReady() -> (HTTPResponse, Form)? {
        guard let first = slots.first, let response = first.response else { return nil }
        slots.removeFirst()
        return (response, first.form)
    }

    mutating func removeAll() {
        slots.removeAll()
    }
}
