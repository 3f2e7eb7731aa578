import SimCore
import SimDirectory
import SimErrors

/// `response_type` and `response_mode`, read so far that a refusal of either can be answered.
struct ResponseReading: Sendable {
    private let sentTypes: String?
    private let types: Set<ResponseType>?
    private let sentMode: String?
    private let registration: AppRegistration
    /// Explicit when it is one, else by what is asked for; query when that is not known.
    let mode: ResponseMode

    init(_ fields: FormFields, _ registration: AppRegistration) {
        self.registration = registration
        sentTypes = AuthorizationRequest.value("response_type", fields)
        sentMode = AuthorizationRequest.value("response_mode", fields)
        types = Self.types(sentTypes)
        let issuesTokens = types.map { !$0.isDisjoint(with: [.idToken, .token]) } ?? false
        let usual: ResponseMode = issuesTokens ? .fragment : .query
        let explicit = sentMode.flatMap(ResponseMode.init)
        mode = explicit == .query && issuesTokens ? .fragment : explicit ?? usual
    }

    /// Order of refusals: aadsts.md §5.2, row 7.
    func checkedTypes(
        _ address: ReturnAddress
    ) throws(AuthorizationRefusal) -> Set<ResponseType> {
        guard let sentTypes else {
            throw .redirect(.missingParameter("response_type"), address)
        }
        guard let types else { throw .page(.unsupportedResponseType(sentTypes)) }
        if types.contains(.token), !registration.enablesAccessTokenIssuance {
            throw .redirect(.accessTokenIssuanceOff, address)
        }
        if types.contains(.idToken), !registration.enablesIDTokenIssuance {
            throw .redirect(.idTokenIssuanceOff, address)
        }
        if let sentMode, ResponseMode(rawValue: sentMode) != mode {
            throw .redirect(.unsupportedResponseMode(sentMode), address)
        }
        return types
    }

    /// Any combination, any order, each once.
    private static func types(_ text: String?) -> Set<ResponseType>? {
        guard let words = text?.split(separator: " "), !words.isEmpty else { return nil }
        var types: Set<ResponseType> = []
        for word in words {
            guard let type = ResponseType(rawValue: String(word)), types.insert(type).inserted
            else { return nil }
        }
        return types
    }
}
