/// Claims about facets of actor and subject that tokens for Graph carry: opaque to everybody else.
/// identity-platform.md §4.2 (the values are examples of the reference, unverified by kind).
struct FirstPartyClaims: Sendable {
    private let identityRelation: String

    static let application = FirstPartyClaims(identityRelation: "7 4")
    static let person = FirstPartyClaims(identityRelation: "1 30")

    func add(to claims: inout ClaimSet) {
        claims.set("xms_act_fct", "3 9")
        claims.set("xms_idrel", identityRelation)
        claims.set("xms_sub_fct", "9 3")
    }
}
