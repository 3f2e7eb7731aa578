import SimErrors

/// What the sign-in form says of a refusal, in words of our own.
enum InlineErrorText {
    /// The form itself says it: the person can try again at once.
    static func isInline(_ error: AADSTSError) -> Bool { inlineCodes.contains(error.code) }

    private static let inlineCodes: Set = [
        50_034, 50_053, 50_056, 50_057, 50_126, 50_144, 90_013, 90_101,
    ]

    /// A sentence for the person at the form; other refusals print their message.
    static func text(for error: AADSTSError) -> String {
        switch error.code {
        case 50_034:
            "We couldn't find an account with that username. Check it, or try another account."
        case 50_126:
            "Your account or password is incorrect. If you don't remember the password, look it up "
                + "in the tenant's fixture."
        case 50_053:
            "Your account is temporarily locked because of too many failed sign-ins. Try again "
                + "later."
        case 50_056: "This account has no password to sign in with."
        case 50_057, 500_571: "Your account has been disabled. Contact your administrator."
        case 50_144: "Your organization's password has expired. Change it on your own network."
        case 90_013: "Enter a valid email address."
        case 90_101: "Enter an email address like someone@example.com."
        case 90_120: "That code has been used already. Start again on your device."
        case 70_018: "That code didn't work. Check the code and try again."
        case 70_019: "That code has expired. Start again on your device to get a new one."
        case 90_119: "Enter the code that your app or device shows."
        case 500_121, 50_181: "That code didn't work. Check it and try again."
        default: error.message(hidesPersonalData: false)
        }
    }
}
