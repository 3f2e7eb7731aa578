/// One thing a sample app does wrong with one call, on purpose. Value of the seam between fault
/// rules and the app: decided outside, carried out by the app.
package struct AppDefect: Hashable, Sendable {
    /// The defects people meet in real SCIM endpoints. provisioning.md §1.7, §1.10, §9.1, §10.4.
    package enum Name: String, CaseIterable, Sendable {
        // Answers instead of doing
        case throttled
        case serverErrors = "server-errors"
        case unavailable
        case droppedCalls = "dropped-calls"
        case loginPage = "login-page"
        // Queries
        case notFoundFilters = "not-found-filters"
        case ignoredFilter = "ignored-filter"
        case blindFilters = "blind-filters"
        case duplicateResults = "duplicate-results"
        case caseSensitiveNames = "case-sensitive-names"
        case hiddenInactive = "hidden-inactive"
        case noTotalResults = "no-total-results"
        case bareLists = "bare-lists"
        // Writes
        case doubleCreates = "double-creates"
        case lostWrites = "lost-writes"
        case slowWrites = "slow-writes"
        case lostAnswers = "lost-answers"
        case wipedMembers = "wiped-members"
        case refusedStringBooleans = "refused-string-booleans"
        case refusedCapitalOps = "refused-capital-ops"
        case refusedGroupPatch = "refused-group-patch"
        // Looks of answers
        case missingID = "missing-id"
        case changedID = "changed-id"
        case stringBooleans = "string-booleans"
        case wrongContentType = "wrong-content-type"
        case htmlErrors = "html-errors"
        case garbage
    }

    /// Both forms of `Retry-After`. RFC 9110 §10.2.3.
    package enum RetryAfter: Hashable, Sendable {
        case seconds(Int64)
        /// The date so long after the answer.
        case date(Duration)
    }

    package let name: Name
    /// `slow-writes`: how long the answer is held back once the write is done.
    package var delay: Duration
    /// `throttled` and `unavailable`.
    package var retryAfter: RetryAfter?

    package init(
        _ name: Name, delay: Duration = Self.defaultDelay, retryAfter: RetryAfter? = nil
    ) {
        self.name = name
        self.delay = delay
        self.retryAfter = retryAfter ?? (name == .throttled ? .seconds(30) : nil)
    }

    package static let defaultDelay: Duration = .seconds(2)
}

extension AppDefect.Name {
    /// For people: a sentence without subject.
    package var summary: String {
        switch self {
        case .throttled: "answers 429 with Retry-After and does nothing"
        case .serverErrors: "answers 500 and does nothing"
        case .unavailable: "answers 503 and does nothing"
        case .droppedCalls: "resets the connection and does nothing"
        case .loginPage: "answers 200 with an HTML sign-in page and does nothing"
        case .notFoundFilters: "answers 404 where a filter finds nobody"
        case .ignoredFilter: "answers a filter with everybody"
        case .blindFilters: "answers a filter with nobody"
        case .duplicateResults: "lists the first match twice, the second time under another id"
        case .caseSensitiveNames: "tells names apart by case"
        case .hiddenInactive: "does not show people whose active is false"
        case .noTotalResults: "lists without totalResults"
        case .bareLists: "lists as a bare array instead of a ListResponse"
        case .doubleCreates: "creates a second one where the name is taken, instead of 409"
        case .lostWrites: "acknowledges a write and does not do it"
        case .slowWrites: "does a write and answers late"
        case .lostAnswers: "does a write and resets the connection instead of answering"
        case .wipedMembers: "removes every member when asked to remove one"
        case .refusedStringBooleans: "refuses a PATCH with \"True\" or \"False\" as a string"
        case .refusedCapitalOps: "refuses a PATCH with Add, Replace or Remove in capitals"
        case .refusedGroupPatch: "refuses to PATCH groups"
        case .missingID: "answers resources without id"
        case .changedID: "answers resources under another id than they have"
        case .stringBooleans: "answers booleans as strings"
        case .wrongContentType: "answers JSON as text/plain"
        case .htmlErrors: "answers refusals with an HTML page"
        case .garbage: "answers JSON that ends in the middle"
        }
    }
}
