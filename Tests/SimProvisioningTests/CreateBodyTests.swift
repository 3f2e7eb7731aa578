import SimCore
import SimDirectory
import Testing

@testable import SimProvisioning

@Suite("The body of a create — provisioning.md §7.4, §7.5")
struct CreateBodyTests {
    private static func attribute(_ index: Int, _ path: String) throws -> CompiledAttribute {
        CompiledAttribute(
            index: index, path: try TargetPath(parsing: path),
            kind: path == "active" ? .boolean : path == "level" ? .integer : .string,
            isCaseExact: false, isRequired: false, definitionDefault: nil,
            mapping: AttributeMapping(target: path, source: .constant("")),
            readsSoftDeleted: false, isRedacted: false)
    }

    /// Written by shape and built as a tree, for every choice of values the seed makes.
    private static func check(
        _ paths: [String], _ kind: ObjectKey.Kind = .user, seed: UInt64 = 1
    ) throws {
        let attributes = try paths.enumerated().map { try attribute($0.offset, $0.element) }
        let shape = ResourceShape(attributes.map(\.path), kind)
        var random = SplitMix64(state: seed)
        for round in 0..<64 {
            let values = attributes.filter { _ in round == 0 || random.next() % 3 > 0 }.map {
                PlannedValue(
                    attribute: $0, old: nil,
                    new: $0.kind == .boolean
                        ? (round % 2 == 0 ? "True" : "maybe")
                        : $0.kind == .integer ? (round % 2 == 0 ? "12" : "x") : "v\"\($0.index)é",
                    list: $0.path.attribute == "tags" ? ["a", "b"] : nil)
            }
            for sendsEmptyRoles in [true, false] {
                var builder = ResourceBuilder()
                for value in values { builder.set(value.json, at: value.attribute.path) }
                let built = builder.resource(kind, sendsEmptyRoles: sendsEmptyRoles).text
                let written = shape.body(values, sendsEmptyRoles: sendsEmptyRoles)
                #expect(String(decoding: written, as: UTF8.self) == built)
            }
        }
    }

    @Test("of the default mappings has its members in wire order, whichever have a value")
    func defaults() throws {
        let schema = SynchronizationSchema.customApp(jobID: "j", version: .epoch)
        for kind in ObjectKey.Kind.allCases {
            let mapping = try #require(try schema.compiledMapping(kind))
            for seed in UInt64(1)...4 {
                try Self.check(mapping.attributes.map(\.path.text), kind, seed: seed)
            }
        }
    }

    @Test(
        "is the same for own attributes, lists, several items and paths that mean the same value",
        arguments: [
            ["level", "tags", "roles", "userName", "active"],
            ["roles[primary eq \"True\"].value", "roles[primary eq \"True\"].display"],
            ["emails[type eq \"home\"].value", "name.givenName", "emails[type eq \"work\"].value"],
            ["addresses[type eq \"work\"].locality", "addresses[type eq \"other\"].locality"],
            ["name", "name.givenName"], ["name.givenName", "name"],
            ["tags", "tags[type eq \"work\"].value"], ["tags[type eq \"work\"].value", "tags"],
            ["emails[type eq \"work\"].value", "emails[type eq \"WORK\"].display"],
            ["emails[type eq \"work\"].value", "emails[primary eq \"true\"].display"],
            ["emails[type eq \"work\"].type", "emails[type eq \"work\"].value"],
            ["emails[type eq \"work\"].primary"], ["meta.created", "schemas", "id2"],
            ["userName", "urn:ietf:params:scim:schemas:core:2.0:User:userName"],
            ["urn:a:b:User:x", "urn:a:b:User:y", "urn:c:d:User:z.value"],
            ["urn:a:b:User:x", "urn:a:b:User:list[type eq \"q\"].value", "zz"],
            ["emails[type eq \"work\"]", "userName"],
        ])
    func paths(_ paths: [String]) throws {
        try Self.check(paths)
    }
}
