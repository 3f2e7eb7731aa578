import SimCore

extension ConditionalAccessPolicy {
    init(journal fields: JournalFields) throws(EventCodecError) {
        self = try read(fields, "policy") { $0.policy($1) }
    }
}

extension NamedLocation {
    init(journal fields: JournalFields) throws(EventCodecError) {
        self = try read(fields, "location") { $0.location($1) }
    }
}

/// Reads what Graph's form says, ids only: what they name may be gone when the log is read again.
private func read<Value>(
    _ fields: JournalFields, _ key: String, _ body: (AccessPolicyReader, FixtureObject) -> Value?
) throws(EventCodecError) -> Value {
    let text = FixtureText(file: "journal", bytes: fields.object.serialized)
    let reader = AccessPolicyReader(
        names: IdentifierNames(), now: .epoch, makeID: { _, _ in .zero })
    guard let value = body(reader, FixtureObject(fields.object, at: [], in: text)),
        text.problems.isEmpty
    else { throw .wrongKind(key: text.problems.first?.keyPath ?? key) }
    return value
}
