import SimCore
import SimPortal

private enum KeyArguments {
    static let delay = CommandOption<Duration>.duration(
        "--in", "when the next key begins to sign (default: now)")
    static let kept = CommandOption<Duration>.duration(
        "--keep", "how long the old key stays published (default 2d)")
    static let emergency = CommandOption<Bool>.flag(
        "--emergency", "new keys at once; the old ones are gone")
    static let unpublished = CommandOption<Bool>.flag(
        "--unpublished", "sign with a key nobody can find, until 'keys publish'")
    static let app = CommandOption<String>.text(
        "--app", "APP", "a key of the app's own, published with ?appid= only")
    static let every = CommandOption<Duration>.duration("--every", "time between two rollovers")
    static let ahead = CommandOption<Duration>.duration(
        "--ahead", "how long before it signs a key is published (default 1d)")
    static let off = CommandOption<Bool>.flag("--off", "no rollovers by themselves")
}

extension CommandTree {
    static let keyCommands: [Command] = [
        keyList("show"), keyList("list"),
        .ofTenant(
            "keys rotate", "roll over the tenant's token-signing keys",
            options: [
                KeyArguments.delay.any, KeyArguments.kept.any, KeyArguments.emergency.any,
                KeyArguments.unpublished.any, KeyArguments.app.any,
            ],
            conflicts: [
                .init(
                    first: "--emergency", second: "--unpublished",
                    hint: "an emergency publishes its new keys; drop one of them"),
                .init(
                    first: "--emergency", second: "--keep",
                    hint: "in an emergency nothing is kept; drop --keep"),
                .init(
                    first: "--emergency", second: "--in",
                    hint: "an emergency is now; drop --in"),
                .init(
                    first: "--app", second: "--emergency",
                    hint: "an app's own key is replaced at once anyway; drop --emergency"),
            ],
            details: "The key published ahead signs, the one before stays published for a while.",
            example: "keys rotate --keep 6h", text: keyText
        ) { invocation in
            if let app = invocation[KeyArguments.app] {
                return .post("apps", app, "keys", "rotate")
            }
            var body = JSONObject()
            if invocation.has(KeyArguments.emergency) { body.append("mode", "emergency") }
            if invocation.has(KeyArguments.unpublished) { body.append("mode", "unpublished") }
            body.appendIfPresent("in", invocation[KeyArguments.delay].map(DurationText.short))
            body.appendIfPresent("keep", invocation[KeyArguments.kept].map(DurationText.short))
            return .post("keys", "rotate", body: body)
        },
        .ofTenant(
            "keys publish", "publish a key that signs unpublished", example: "keys publish",
            text: keyText
        ) { _ in .post("keys", "publish") },
        .ofTenant(
            "keys drop", "sign an app's tokens with the tenant's keys again", [.required("APP")],
            example: "keys drop Claresia", text: keyText
        ) { invocation throws(CommandFailure) in
            .delete("apps", try invocation.required(0), "keys")
        },
        .ofTenant(
            "keys schedule", "roll over by themselves on the virtual clock",
            options: [
                KeyArguments.every.any, KeyArguments.ahead.any, KeyArguments.kept.any,
                KeyArguments.off.any,
            ],
            conflicts: [
                .init(
                    first: "--every", second: "--off",
                    hint: "--off ends the rollovers that --every asks for")
            ], example: "keys schedule --every 42d --keep 2d", text: keyText
        ) { invocation throws(CommandFailure) in
            var body = JSONObject()
            if invocation.has(KeyArguments.off) { body.append("rolloverInterval", .null) }
            for (key, option) in [
                ("rolloverInterval", KeyArguments.every), ("publishedAhead", KeyArguments.ahead),
                ("keptAfter", KeyArguments.kept),
            ] {
                body.appendIfPresent(key, invocation[option].map(DurationText.short))
            }
            guard !body.isEmpty else { throw .nothingToChange("keys schedule") }
            return .patch("keys", body: body)
        },
    ]

    private static func keyList(_ verb: String) -> Command {
        Command(
            "keys \(verb)", "token-signing keys", options: ClientOptions.connection,
            conflicts: ClientOptions.conflicts, example: "keys \(verb)"
        ) { invocation, context throws(CommandFailure) in
            let answer = try context.client(invocation).send("GET", ["keys"])
            context.show(answer, keyText(answer))
            return .success
        }
    }

    private static func keyText(_ answer: JSONValue) -> String {
        var table = TextTable(["tenant", "kid", "use", "signs from", "published until"])
        for key in answer.list {
            table.add([
                key.cell("tenant") + (key["app"]?.stringValue.map { "/\($0)" } ?? ""),
                key.cell("kid"), key.cell("use"), key.cell("signsAt"), key.cell("removedAt"),
            ])
        }
        return table.text
    }
}
