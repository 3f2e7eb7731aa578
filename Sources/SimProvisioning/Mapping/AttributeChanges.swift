import SimCore

/// One attribute to be written, with what the target shows now.
struct PlannedValue: Sendable {
    let attribute: CompiledAttribute
    /// As the log prints it.
    let old: String?
    let new: String
    /// Structured values (lists) keep their shape; nil when `new` says it all.
    let list: [String]?
    /// The items of a role function, which have a shape of their own.
    var roles: RoleItems?

    /// The value typed for the target.
    var json: JSONValue {
        roles?.structured ?? list.map { JSONValue(strings: $0) } ?? attribute.typed(new)
    }

    /// The change as the log shows it.
    var property: ProvisioningLogEntry.ModifiedProperty {
        let mark = attribute.isRedacted ? RedactedText.mark : nil
        return .init(attribute.path.text, old: old.map { mark ?? $0 }, new: mark ?? new)
    }
}

/// Why no values could be computed for an object.
enum MappingFailure: Error, Sendable {
    case evaluation(target: String, ExpressionEvaluationError)
    /// `IgnoreObjectFlow`.
    case objectIgnored
    /// A required target attribute has no value.
    case missing(target: String)
}

extension CompiledMapping {
    /// Values of a new object; null ones fall back to their defaults or are left out.
    /// mapping-expressions.md §7.1.
    func valuesToCreate(for source: SourceObject) throws(MappingFailure) -> [PlannedValue] {
        var planned: [PlannedValue] = []
        planned.reserveCapacity(attributes.count)
        for attribute in attributes {
            let value = try Self.value(of: attribute, for: source)
            if case .ignoreAttribute = value { continue }
            if let filled = PlannedValue(attribute, value, old: nil) {
                planned.append(filled)
            } else if let text = attribute.createDefault, !text.isEmpty {
                planned.append(PlannedValue(attribute: attribute, old: nil, new: text, list: nil))
            } else if attribute.isRequired {
                throw .missing(target: attribute.path.text)
            }
        }
        return planned
    }

    /// Values that differ from what the target shows. Nulls are never sent.
    ///
    /// - Parameter onlySoftDelete: only rows that read `IsSoftDeleted`: a disable sends nothing
    ///   else.
    func valuesToUpdate(
        for source: SourceObject, against resource: JSONObject, onlySoftDelete: Bool
    ) throws(MappingFailure) -> [PlannedValue] {
        var planned: [PlannedValue] = []
        for attribute in attributes where !onlySoftDelete || attribute.readsSoftDeleted {
            guard attribute.mapping.flowType != .objectAddOnly else { continue }
            var value = try Self.value(of: attribute, for: source)
            let current = attribute.path.value(in: resource)
            let old = current.flatMap { Self.text(of: $0) }
            let isEmpty = old?.isEmpty ?? true
            if case .none = attribute.mapping.source {
                guard isEmpty, let text = attribute.mapping.defaultValue else { continue }
                value = .string(text)
            }
            if attribute.mapping.flowType == .attributeAddOnly, !isEmpty { continue }
            guard value != .ignoreAttribute,
                let filled = PlannedValue(attribute, value, old: isEmpty ? nil : old)
            else { continue }
            let isSame =
                filled.roles?.isShown(in: current)
                ?? filled.old.map { attribute.isSame(filled.new, $0) } ?? false
            if !isSame || attribute.mapping.flowBehavior == .flowAlways { planned.append(filled) }
        }
        return planned
    }

    private static func value(
        of attribute: CompiledAttribute, for source: SourceObject
    ) throws(MappingFailure) -> ExpressionValue {
        let value: ExpressionValue
        do throws(ExpressionEvaluationError) {
            value = try attribute.value(for: source)
        } catch {
            throw .evaluation(target: attribute.path.text, error)
        }
        if case .ignoreObject = value { throw .objectIgnored }
        return value
    }

    /// What the target shows, as text; a complex value shows its `value`.
    private static func text(of value: JSONValue) -> String? {
        if let items = value.arrayValue {
            return items.compactMap { text(of: $0) }.joined(separator: ",")
        }
        return value.scalarText ?? value.objectValue?.member("value")?.scalarText
    }
}

extension PlannedValue {
    /// nil for a null, an empty text and a flow marker: nothing to send.
    fileprivate init?(_ attribute: CompiledAttribute, _ value: ExpressionValue, old: String?) {
        if case .string(let text) = value {
            guard !text.isEmpty else { return nil }
            self.init(attribute: attribute, old: old, new: text, list: nil)
            return
        }
        guard !value.isNullOrEmpty, !value.isMarker else { return nil }
        if case .list(let items) = value {
            // A list to a single-valued target gives its first value (unverified).
            let isList = attribute.path.subAttribute == nil && attribute.path.selector == nil
            if isList, let roles = RoleItems(attribute.mapping.source, items) {
                self.init(
                    attribute: attribute, old: old, new: roles.names, list: items, roles: roles)
                return
            }
            self.init(
                attribute: attribute, old: old,
                new: isList ? items.joined(separator: ",") : items.first ?? "",
                list: isList ? items : nil)
            return
        }
        guard let text = value.text else { return nil }
        self.init(attribute: attribute, old: old, new: text, list: nil)
    }
}
