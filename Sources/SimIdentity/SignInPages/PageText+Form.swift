import SimCore
import SimHTTP

extension PageText {
    /// Address of a page's form.
    static func action(_ segment: String, _ form: IdentityRoute.SignInForm) -> String {
        let path: String =
            switch form {
            case .credentials: "login"
            case .accountChoice: "reprocess"
            case .passwordChange: "changepassword"
            case .secondFactor: "SAS/ProcessAuth"
            case .enrolment: "proofup"
            case .termsOfUse: "tou"
            case .staySignedIn: "kmsi"
            case .consent: "Consent/Set"
            case .deviceConfirmation: "oauth2/deviceauth/confirm"
            }
        return "/\(PercentCoding.encode(segment))/\(path)"
    }
}
