import SimCore
import SimPortal

/// Options of `fault add`: the conditions of a rule.
private enum FaultArguments {
    typealias Text = CommandOption<String>

    static let name = Text.text("--name", "NAME", "a name to clear it by")
    static let grant = Text.text("--grant", "TYPE", "only this grant_type (site token)")
    static let operation = Text.text(
        "--operation", "OP", "query, read, create, replace, update or delete (scim, apps)")
    static let object = Text.text("--object", "KIND", "user, group or schema (scim, apps)")
    static let whom: [(key: String, option: Text)] = [
        ("tenant", .text("--tenant", "T", "only this tenant")),
        ("app", .text("--app", "A", "only this app, by name or client id")),
        ("user", .text("--user", "U", "only this person")),
        ("group", .text("--group", "G", "only members of this group")),
        ("address", .text("--address", "IP", "only this client address")),
        ("method", .text("--method", "M", "only this HTTP method")),
        ("path", .text("--path", "P", "only this path; * stands for anything")),
    ]
    private static let counts = 1...1_000_000_000
    static let numbers: [(key: String, option: CommandOption<Int>)] = [
        ("times", .number("--times", "strike so often at most", in: counts)),
        ("after", .number("--after", "let so many pass first", in: counts)),
        ("every", .number("--every", "strike every n-th", in: counts)),
    ]
    static let probability = Text.text("--probability", "P", "chance of each strike, 0 to 1")
    static let instants: [(key: String, option: CommandOption<Timestamp>)] = [
        ("from", .instant("--from", "first moment, simulated")),
        ("until", .instant("--until", "first moment after it, simulated")),
    ]
    static let expiry = CommandOption<Duration>.duration(
        "--for", "gone after so long, simulated")

    static var all: [AnyOption] {
        [name.any, grant.any, operation.any, object.any] + whom.map(\.option.any)
            + numbers.map(\.option.any) + [probability.any] + instants.map(\.option.any)
            + [expiry.any]
    }
}

extension CommandTree {
    static let faultCommands: [Command] = [
        Command(
            "fault add", "make something fail, on purpose",
            [.required("WHERE"), .required("WHAT")],
            options: FaultArguments.all + ClientOptions.connection,
            conflicts: ClientOptions.conflicts,
            details: """
                WHERE  authorize, token, devicecode, discovery, jwks, userinfo, sign-in, logout,
                       saml, graph, apps, portal, scim, tls
                WHAT   aadsts=50076   status=503;retryAfter=30s   latency=2s   hang=true
                       reset=before|during|after   truncate=10   drip=1;every=100ms
                       contentType=text/plain   malformed=true   oversized=1000000
                       contentLength=5   tamper=expired|badSignature|unknownKid|wrongAud|…
                       scim=lostWrite|lostAnswer|duplicateResults|ignoredFilter|changedId|…
                       connection=refused|reset|responseTimeout|…
                       certificate=expired|notYetValid|wrongName|untrusted (site tls)
                       keys=empty|stale   keys=lag;by=1h (site jwks)   or a JSON object
                       defect=lost-writes|…   what the sample app itself does (apps)
                """,
            example: "fault add token aadsts=50076 --app Claresia --for 10m"
        ) { invocation, context throws(CommandFailure) in
            let answer = try context.client(invocation).send(
                "POST", ["faults"], body: try rule(invocation))
            context.show(answer, "\(answer.cell("id"))\n")
            return .success
        },
        Command(
            "fault list", "the fault rules in order, with their hits",
            options: ClientOptions.connection, conflicts: ClientOptions.conflicts,
            example: "fault list"
        ) { invocation, context throws(CommandFailure) in
            let answer = try context.client(invocation).send("GET", ["faults"])
            var table = TextTable(
                ["id", "name", "where", "what", "hits", "state"], numeric: [4])
            for row in answer.list {
                let rule = row["rule"] ?? .null
                table.add([
                    row.cell("id"), rule.cell("name"), rule.cell("where"), rule.cell("what"),
                    row["hits"]?.text ?? "", row.cell("state"),
                ])
            }
            context.show(answer, answer.list.isEmpty ? "no faults\n" : table.text)
            return .success
        },
        Command(
            "fault clear", "clear one fault rule, or all of them", [.optional("FAULT")],
            options: ClientOptions.connection, conflicts: ClientOptions.conflicts,
            example: "fault clear f1"
        ) { invocation, context throws(CommandFailure) in
            let path = ["faults"] + (invocation.optional(0).map { [$0] } ?? [])
            let answer = try context.client(invocation).send("DELETE", path)
            let count = answer["cleared"]?.intValue ?? 1
            context.show(answer, "\(count) cleared\n")
            return .success
        },
    ]

    /// The rule of a command line, as the control API takes it.
    private static func rule(_ invocation: Invocation) throws(CommandFailure) -> JSONValue {
        var place: JSONObject = ["site": .string(try invocation.required(0))]
        place.appendIfPresent("grant", invocation[FaultArguments.grant])
        place.appendIfPresent("operation", invocation[FaultArguments.operation])
        place.appendIfPresent("object", invocation[FaultArguments.object])
        var whom = JSONObject()
        for (key, option) in FaultArguments.whom { whom.appendIfPresent(key, invocation[option]) }
        var when = JSONObject()
        for (key, option) in FaultArguments.numbers {
            when.appendIfPresent(key, invocation[option].map { .int(Int64($0)) })
        }
        if let text = invocation[FaultArguments.probability] {
            guard let chance = Double(text), (0...1).contains(chance) else {
                throw CommandFailure(.usage, "'\(text)' is not a chance from 0 to 1")
            }
            when.append("probability", .double(chance))
        }
        for (key, option) in FaultArguments.instants {
            when.appendIfPresent(key, invocation[option].map { .string($0.iso8601) })
        }
        when.appendIfPresent("expiresIn", invocation[FaultArguments.expiry].map(DurationText.short))
        var rule = JSONObject()
        rule.appendIfPresent("name", invocation[FaultArguments.name])
        rule.append("where", place.count == 1 ? place["site"] ?? .null : .object(place))
        if !whom.isEmpty { rule.append("whom", .object(whom)) }
        if !when.isEmpty { rule.append("when", .object(when)) }
        rule.append("what", try effect(try invocation.required(1)))
        return .object(rule)
    }

    /// `aadsts=50076;suberror=basic_action`, or a JSON object as it is.
    private static func effect(_ text: String) throws(CommandFailure) -> JSONValue {
        if text.hasPrefix("{") {
            do throws(JSONError) {
                return try JSONValue(parsing: text)
            } catch {
                throw CommandFailure(.usage, "WHAT is not JSON: \(error.explanation)")
            }
        }
        var effect = JSONObject()
        for piece in text.split(separator: ";") {
            let parts = piece.split(separator: "=", maxSplits: 1)
            guard parts.count == 2 else {
                throw CommandFailure(
                    .usage, "'\(piece)' is no key=value", hint: "write it as aadsts=50076")
            }
            let value = String(parts[1])
            let json: JSONValue =
                value == "true" ? .bool(true) : Int64(value).map { .int($0) } ?? .string(value)
            effect.append(String(parts[0].drop { $0 == " " }), json)
        }
        return .object(effect)
    }
}
