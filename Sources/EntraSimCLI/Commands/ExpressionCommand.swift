import SimCore
import SimDirectory
import SimPortal
import SimProvisioning

private enum ExpressionOptions {
    static let user = CommandOption<String>.text(
        "--user", "UPN", "with the attributes of a user of the running simulator")
    static let attributes = CommandOption<String>.text(
        "--attributes", "FILE", "with the attributes in a JSON object instead")
    static let explain = CommandOption<Bool>.flag("--explain", "show every step")
    static let functions = CommandOption<Bool>.flag(
        "--functions", "list the functions, or explain the one named")
    static let cases = CommandOption<String>.text(
        "--cases", "FILE", "run a file of expressions with their expected values")
    static let cloudSync = CommandOption<Bool>.flag(
        "--cloud-sync", "also know the functions of cloud sync")
    static let now = CommandOption<Timestamp>.instant(
        "--now", "what Now() gives (default: the simulator's clock, or its usual start)")
}

extension CommandTree {
    static let expression = Command(
        "expression", "try a mapping expression, or look a function up", [.optional("EXPRESSION")],
        options: [
            ExpressionOptions.user.any, ExpressionOptions.attributes.any,
            ExpressionOptions.explain.any, ExpressionOptions.functions.any,
            ExpressionOptions.cases.any, ExpressionOptions.cloudSync.any,
            ExpressionOptions.now.any,
        ] + ClientOptions.all,
        conflicts: ClientOptions.conflicts + [
            .init(
                first: "--user", second: "--attributes",
                hint: "the attributes come from one place"),
            .init(
                first: "--functions", second: "--cases", hint: "name what you want, not both"),
        ],
        details: "Without --user nothing needs to run. With --functions, EXPRESSION is a name.",
        example: "expression 'Join(\".\", [givenName], [surname])' "
            + "--user adele.vance@contoso.example"
    ) { invocation, context throws(CommandFailure) in
        if invocation.has(ExpressionOptions.functions) {
            return try showFunctions(invocation.optional(0), context)
        }
        if let path = invocation[ExpressionOptions.cases] { return try runCases(path, context) }
        guard let text = invocation.optional(0) else {
            throw CommandFailure(
                .usage, "'expression' needs an expression",
                hint: "entra-sim \(invocation.command.example)")
        }
        var settings = ExpressionSettings()
        settings.cloudSyncFunctions = invocation.has(ExpressionOptions.cloudSync)
        let tree = try parsed(text, settings)
        if invocation[ExpressionOptions.user] != nil { try checkSources(of: tree, text) }
        let input = try input(invocation, context, settings)
        return evaluate(
            tree, input, isExplained: invocation.has(ExpressionOptions.explain), context)
    }

    private static func parsed(
        _ text: String, _ settings: ExpressionSettings
    ) throws(CommandFailure) -> MappingExpression {
        do throws(ExpressionSyntaxError) {
            return try ExpressionParser.parse(text, settings: settings)
        } catch {
            let isCloudSync = if case .cloudSyncFunction = error { true } else { false }
            throw CommandFailure(
                .usage, error.explanation,
                hint: isCloudSync
                    ? "add --cloud-sync to try it" : ExpressionText.pointer(text, error.offset))
        }
    }

    /// A user has the attributes Entra knows; a file may have any.
    private static func checkSources(
        of tree: MappingExpression, _ text: String
    ) throws(CommandFailure) {
        guard let unknown = SynchronizationSchema.unknownSource(of: tree) else { return }
        let place = text.firstRange(ofText: "[\(unknown.name)]")?.lowerBound
        let offset = place.map { text.utf8.distance(from: text.startIndex, to: $0) }
        let position = offset.map { " at position \($0 + 1)" } ?? ""
        let nearest = unknown.nearest.map { ", did you mean '\($0)'" } ?? ""
        throw CommandFailure(
            .usage, "unknown source attribute '\(unknown.name)'\(position)\(nearest)",
            hint: ExpressionText.pointer(text, offset))
    }

    private static func evaluate(
        _ tree: MappingExpression, _ input: ExpressionInput, isExplained: Bool,
        _ context: CommandContext
    ) -> ExitCode {
        let trace = isExplained ? ExpressionTrace() : nil
        let result: Swift.Result<ExpressionValue, ExpressionEvaluationError>
        do throws(ExpressionEvaluationError) {
            result = .success(try tree.evaluated(for: input, trace: trace))
        } catch {
            result = .failure(error)
        }
        context.show(
            ExpressionText.json(tree, result, trace),
            ExpressionText.text(tree, result, trace))
        switch result {
        case .success: return .success
        case .failure: return .foundFailing
        }
    }

    private static func showFunctions(
        _ name: String?, _ context: CommandContext
    ) throws(CommandFailure) -> ExitCode {
        guard let name else {
            context.show(
                ["value": .array(ExpressionFunction.all.map(ExpressionText.json))],
                ExpressionText.list)
            return .success
        }
        guard let function = ExpressionFunction.named(name) else {
            let nearest = NearestName.of(name, in: ExpressionFunction.all.map(\.name))
            throw CommandFailure(
                .usage, "there is no function '\(name)'",
                hint: nearest.map { "did you mean '\($0)'?" })
        }
        context.show(ExpressionText.json(function), ExpressionText.text(function))
        return .success
    }

    /// Failures of `unverified` cases are shown, but do not fail the command.
    private static func runCases(
        _ path: String, _ context: CommandContext
    ) throws(CommandFailure) -> ExitCode {
        let file = try jsonFile(path, context)
        let cases: [ExpressionCase]
        do throws(ExpressionCase.FormatError) {
            cases = try ExpressionCase.all(in: file)
        } catch {
            throw CommandFailure(.failure, "'\(path)': \(error.explanation)")
        }
        let report = CaseReport(cases)
        context.show(report.json, report.text)
        return report.isGood ? .success : .foundFailing
    }

    /// A file of JSON; what is wrong with it is told with line and column.
    static func jsonFile(
        _ path: String, _ context: CommandContext
    ) throws(CommandFailure) -> JSONValue {
        let bytes: [UInt8]
        do throws(ShellFailure) {
            bytes = try context.shell.read(path)
        } catch {
            throw CommandFailure(.failure, "cannot read '\(path)': \(error.reason)")
        }
        do throws(JSONError) {
            return try JSONValue(parsing: bytes)
        } catch {
            let place = error.position(in: bytes)
            throw CommandFailure(
                .failure,
                "'\(path)' line \(place.line) column \(place.column): "
                    + error.explanation)
        }
    }
}

// MARK: - The attributes

extension CommandTree {
    private static func input(
        _ invocation: Invocation, _ context: CommandContext, _ settings: ExpressionSettings
    ) throws(CommandFailure) -> ExpressionInput {
        var attributes = JSONObject()
        var now = invocation[ExpressionOptions.now]
        var domain = ""
        if let path = invocation[ExpressionOptions.attributes] {
            guard let object = try jsonFile(path, context).objectValue else {
                throw CommandFailure(
                    .failure, "'\(path)' is no JSON object",
                    hint: "write it as {\"givenName\": \"Adele\"}")
            }
            attributes = object
        } else if let name = invocation[ExpressionOptions.user] {
            let client = try context.client(invocation)
            let tenant = try context.tenant(invocation, client)
            attributes = sourceAttributes(
                of: try client.send("GET", ["tenants", tenant, "users", name]))
            if now == nil {
                now = Timestamp(iso8601: try client.send("GET", ["clock"]).cell("now"))
            }
            domain =
                try client.send("GET", ["tenants", tenant])["domains"]?.arrayValue?.first?
                .stringValue ?? ""
        }
        return ExpressionInput(
            attributes,
            context: ExpressionContext(
                now: now ?? ExpressionContext.standard.now, defaultDomain: domain,
                random: SeededRandom(seed: 0), settings: settings))
    }

    /// A user as the control API shows it, by the names mappings use.
    static func sourceAttributes(of user: JSONValue) -> JSONObject {
        var attributes: JSONObject = [:]
        for name in UserAttributeNames.attributes {
            guard let value = user[name], !value.isNull else { continue }
            let isPhone = name == "businessPhones"
            attributes[UserAttributeNames.entraName(of: name)] =
                isPhone ? value.arrayValue?.first ?? .null : value
        }
        attributes["objectId"] = user["id"] ?? .null
        attributes["originalUserPrincipalName"] = user["userPrincipalName"] ?? .null
        attributes["IsSoftDeleted"] = .bool(user["accountEnabled"]?.boolValue == false)
        return attributes
    }
}
