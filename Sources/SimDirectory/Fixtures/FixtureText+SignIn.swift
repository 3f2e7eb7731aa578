import SimCore

extension FixtureText {
    /// `secondFactor` and, for an authenticator app, its `authenticatorSecret` in Base32.
    func secondFactor(_ signIn: FixtureObject) -> SecondFactorMethod {
        let secret = signIn.string("authenticatorSecret")
        let name =
            signIn.choice("secondFactor", SecondFactorMethod.Name.self)
            ?? (secret == nil ? .simulatedCode : .authenticator)
        if let method = SecondFactorMethod(name, secret: secret.flatMap(Base32.decode)) {
            return method
        }
        if let secret {
            signIn.note(
                .notA("a Base32 secret of 10 to 64 bytes", found: secret), at: "authenticatorSecret"
            )
        } else {
            signIn.text.note(.missingKey("authenticatorSecret"), at: signIn.path)
        }
        return .simulatedCode
    }

    /// `address`, `country`, `platform`, `device`, `risk`, `userRisk`.
    func situation(_ signIn: FixtureObject) -> SignInSituation {
        var situation = SignInSituation()
        for field in SituationField.allCases {
            guard let text = signIn.string(field.rawValue) else { continue }
            if !situation.set(field, text) {
                signIn.note(.notA(field.noun, found: text), at: field.rawValue)
            }
        }
        return situation
    }
}
