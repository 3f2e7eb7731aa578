import SimCore

/// Why and how, for one row, in a few words.
struct ReportLine {
    private static let changeLimit = 3

    let text: String

    init(_ row: ProvisioningLogEntry) {
        if let failure = row.failure {
            text = Self.failure(failure)
        } else if let reason = row.skipReason {
            text = Self.skipped(reason, row)
        } else {
            switch row.action {
            case .create:
                let count = row.modified.count
                text = "\(count) attribute\(count == 1 ? "" : "s"), target id \(row.targetID)"
            case .update: text = Self.changes(row.modified)
            case .disable: text = Self.disabled(row)
            case .delete: text = "gone from Entra, deleted in the target"
            case .stagedDelete: text = "held back by accidental deletion prevention"
            case .other: text = ""
            }
        }
    }

    private static func changes(_ modified: [ProvisioningLogEntry.ModifiedProperty]) -> String {
        let isMembers = modified.count > 0 && modified.allSatisfy { $0.name == "members" }
        if isMembers {
            let added = modified.count { $0.new != nil }
            let removed = modified.count - added
            return [added > 0 ? "+\(added)" : nil, removed > 0 ? "−\(removed)" : nil]
                .compactMap(\.self).joined(separator: " ")
                + (modified.count == 1 ? " member" : " members")
        }
        let shown = modified.prefix(changeLimit).map { property in
            "\(short(property.name)) \(quoted(property.old)) → \(quoted(property.new))"
        }
        let rest = modified.count - changeLimit
        return shown.joined(separator: ", ") + (rest > 0 ? ", and \(rest) more" : "")
    }

    /// `emails[type eq "work"].value` reads as it is; an extension loses its URN.
    private static func short(_ name: String) -> String {
        guard name.hasPrefix("urn:"), let colon = name.lastIndex(of: ":") else { return name }
        return String(name[name.index(after: colon)...])
    }

    private static func quoted(_ value: String?) -> String {
        value.map { "\"\($0)\"" } ?? "(none)"
    }

    private static func disabled(_ row: ProvisioningLogEntry) -> String {
        let details = row.steps.lazy.filter { $0.kind == .scoping }.flatMap(\.details)
        func isFalse(_ name: String) -> Bool {
            details.contains { $0.name == name && $0.value == "False" }
        }
        if isFalse("Assigned to the application") { return "no longer assigned to the app" }
        return isFalse("Active in the source system")
            ? "blocked or deleted in Entra" : "out of scope"
    }

    private static func skipped(_ reason: SkipReason, _ row: ProvisioningLogEntry) -> String {
        let text =
            switch reason {
            case .notEffectivelyEntitled:
                row.steps.contains {
                    $0.details.contains { $0.name == "IsActive" && $0.value == "False" }
                }
                    ? "blocked or deleted in Entra, so never created" : "not assigned to the app"
            case .redundantExport: "the target already shows the same values"
            case .redundantSoftDelete: "already switched off in the target"
            case .attributeValidationFailed: "a required attribute has no value"
            case .importSkipped: "the matching attribute has no value"
            case .entrySynchronizationSkipped: "left alone, because SkipOutOfScopeDeletions is on"
            }
        return "\(text) (\(reason.rawValue))"
    }

    /// When a failed row is due again, `2026-01-05T14:00:00`; nil for every other row.
    static func retryDate(_ row: ProvisioningLogEntry) -> String? {
        row.failure.flatMap { retryDate($0) }
    }

    private static func retryDate(_ failure: ProvisioningLogEntry.Failure) -> String? {
        failure.reason.components(after: "again after this date: ").map { String($0.prefix(19)) }
    }

    private static func failure(_ failure: ProvisioningLogEntry.Failure) -> String {
        let status = failure.reason.components(after: "StatusCode: ")
            .map { String($0.prefix { !$0.isNewline }) }
        let advice = failure.code.advice
        let when =
            failure.code.isTransient
            ? "tried again in the next cycle"
            : retryDate(failure).map { "tried again after \($0) UTC" } ?? "not tried again"
        return [status, advice, when].compactMap(\.self).joined(separator: ": ")
            + " (\(failure.code.rawValue))"
    }
}

extension String {
    /// What follows the last occurrence of `mark`; nil without one.
    fileprivate func components(after mark: String) -> String? {
        let bytes = Array(utf8)
        let needle = Array(mark.utf8)
        guard bytes.count >= needle.count else { return nil }
        for start in stride(from: bytes.count - needle.count, through: 0, by: -1)
        where bytes[start..<(start + needle.count)].elementsEqual(needle) {
            return String(decoding: bytes[(start + needle.count)...], as: UTF8.self)
        }
        return nil
    }
}

extension ProvisioningErrorCode {
    /// What the person who runs the target can do about it.
    package var advice: String {
        switch self {
        case .conflict, .entryConflict, .licenseLimitExceeded:
            "the target refuses the values as a clash with another entry"
        case .serviceIncompatibleFiltering:
            "the target found nobody by the filter, yet refused the new entry as a duplicate"
        case .tooManyRequests: "the target asked for fewer requests"
        case .internalServerError, .internalError: "the target failed on its side"
        case .insufficientRights, .notPermitted, .unauthorized:
            "the token may not do this in the target"
        case .methodNotAllowed, .notImplemented: "the target does not support this call"
        case .unprocessableEntity, .badRequest, .invalidDomain, .schemaAttributeNotFound,
            .schemaPropertyCanOnlyAcceptValue:
            "the target does not accept the values"
        case .webExceptionProtocolError: "the connection to the target failed"
        case .timeout: "the target did not answer in time"
        case .invalidAnchor: "the target no longer knows the entry"
        case .mandatoryFieldsMissing, .missingValues: "a required value is missing"
        case .duplicateTargetEntries: "several entries in the target have the same matching value"
        case .duplicateSourceEntries:
            "the entry in the target already belongs to another object in Entra"
        case .importSkipped: "the matching attribute has no value"
        case .entrySynchronizationSkipped: "out of scope or already in sync"
        case .multipleEntriesInResponse: "the target answered with more than was asked for"
        case .serviceIncompatible: "the target's answer is not what SCIM asks for"
        case .credentialValidationFailure, .invalidCredentials:
            "the target refuses the credentials"
        case .credentialValidationUnavailable: "the credentials could not be checked"
        }
    }
}
