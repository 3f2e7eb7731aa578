extension AppRegistration {
    /// Trust in another issuer's tokens (`federatedIdentityCredentials`). All three of issuer,
    /// subject and audience must match exactly. identity-platform.md §3.1.
    package struct FederatedCredential: Hashable, Sendable {
        /// The audience the service expects unless another is configured.
        package static let usualAudience = "api://AzureADTokenExchange"

        package let name: String
        /// `{origin}` at its start stands for the simulator's own address.
        package let issuer: String
        package let subject: String
        package let audiences: [String]
        package let description: String?

        package init(
            name: String, issuer: String, subject: String,
            audiences: [String] = [usualAudience], description: String? = nil
        ) {
            self.name = name
            self.issuer = issuer
            self.subject = subject
            self.audiences = audiences
            self.description = description
        }
    }
}
