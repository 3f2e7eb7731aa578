import SimCore

/// One change of a resource. RFC 7644 §3.5.2.
package struct PatchOperation: Hashable, Sendable {
    package enum Verb: String, CaseIterable, Sendable {
        case add, remove, replace
    }

    package let verb: Verb
    /// nil when the keys of the value's object are the paths.
    package let path: SCIMPath?
    package let value: JSONValue?

    package init(_ verb: Verb, path: SCIMPath?, value: JSONValue?) {
        self.verb = verb
        self.path = path
        self.value = value
    }
}

/// The body of a PATCH in every form Entra and the validators send. RFC 7644 §3.5.2;
/// provisioning.md §7.4, §7.5.
///
/// Operation names have any case. Path-less operations are taken apart: each key of their object
/// (`name.familyName`, `urn:…:User:department`, `emails[type eq "work"].value`) is a path.
package struct PatchRequest: Hashable, Sendable {
    /// In the order sent; each sees what the earlier ones did.
    package let operations: [PatchOperation]

    /// Most operations accepted, path-less ones counted by key.
    package static let operationLimit = 5_000

    package init(operations: [PatchOperation]) {
        self.operations = operations
    }

    /// Parses a body. `schemas` may be missing, but must name the PATCH message when it is there.
    package init(parsing body: JSONValue) throws(SCIMError) {
        guard let object = body.objectValue else {
            throw .badRequest(.invalidSyntax, "the body of a PATCH is an object")
        }
        if let schemas = object.scim("schemas") {
            let names = schemas.arrayValue ?? []
            guard names.contains(where: { SCIMName.isSame($0.stringValue ?? "", SCIMURN.patchOp) })
            else {
                throw .badRequest(.invalidSyntax, "'schemas' does not name \(SCIMURN.patchOp)")
            }
        }
        guard let list = object.scim("Operations")?.arrayValue, !list.isEmpty else {
            throw .badRequest(.invalidSyntax, "'Operations' is a list of at least one operation")
        }
        var operations: [PatchOperation] = []
        for json in list {
            try Self.append(json, to: &operations)
            guard operations.count <= Self.operationLimit else {
                throw SCIMError(
                    status: 413, nil, "more than \(Self.operationLimit) operations in one PATCH")
            }
        }
        self.operations = operations
    }

    private static func append(
        _ json: JSONValue, to operations: inout [PatchOperation]
    ) throws(SCIMError) {
        guard let object = json.objectValue, let name = object.scim("op")?.stringValue else {
            throw .badRequest(.invalidSyntax, "an operation is an object with 'op'")
        }
        guard let verb = PatchOperation.Verb(rawValue: name.lowercased()) else {
            throw .badRequest(
                .invalidSyntax, "'\(name.prefix(64))' is not add, remove or replace")
        }
        let value = object.scim("value")
        guard value != nil || verb == .remove else {
            throw .badRequest(.invalidValue, "'\(verb.rawValue)' needs a value")
        }
        switch object.scim("path") {
        case .string(let text):
            operations.append(PatchOperation(verb, path: try parsePath(text), value: value))
        case nil, .null:
            try appendPathless(verb, value, to: &operations)
        case .bool, .int, .double, .number, .array, .object:
            throw .badRequest(.invalidPath, "'path' is a string")
        }
    }

    private static func appendPathless(
        _ verb: PatchOperation.Verb, _ value: JSONValue?, to operations: inout [PatchOperation]
    ) throws(SCIMError) {
        guard verb != .remove else {
            throw .badRequest(.noTarget, "'remove' needs a path")
        }
        guard let object = value?.objectValue else {
            throw .badRequest(
                .invalidValue, "'\(verb.rawValue)' without a path needs an object as value")
        }
        for member in object.members {
            // What a client read from the resource and sends back says nothing new.
            let isCommon = ["schemas", "id", "meta"].contains {
                SCIMName.isSame($0, member.name)
            }
            if isCommon { continue }
            let path = try parsePath(member.name)
            operations.append(PatchOperation(verb, path: path, value: member.value))
        }
    }

    private static func parsePath(_ text: String) throws(SCIMError) -> SCIMPath {
        do {
            return try SCIMPath(parsing: text)
        } catch {
            throw SCIMError(error, in: .invalidPath)
        }
    }
}
