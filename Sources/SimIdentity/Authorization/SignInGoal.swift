import SimDirectory
import SimErrors

/// What a sign-in is for: where it goes once the person is known and has agreed.
enum SignInGoal: Sendable {
    /// An answer to the application that sent the browser. RFC 6749 §4.1.2.
    case answer(ReturnAddress)
    /// Letting in a device that shows a user code. RFC 8628 §3.3.
    case device(DeviceAuthorization, log: TenantID)
    /// An administrator's consent for everybody.
    case adminConsent(AdminConsentRequest)
}

extension AuthorizationRequest {
    /// Where an application is told of a refusal; nil when no application waits for an answer.
    var address: ReturnAddress? {
        switch goal {
        case .answer(let address): address
        case .device: nil
        case .adminConsent(let asked): asked.address
        }
    }

    /// An administrator may consent without being assigned. identity-platform.md §5.3.
    var isForAdministrators: Bool {
        switch goal {
        case .adminConsent: true
        case .answer, .device: false
        }
    }

    /// A refusal for the application where one waits, otherwise for the person.
    func refusal(_ error: AADSTSError) -> AuthorizationRefusal {
        address.map { .redirect(error, $0) } ?? .page(error)
    }
}
