import SimDirectory
import SimPortal

/// Settings of a client library for one app, ready to paste. The secret is named, never shown.
struct ClientSettings {
    let registration: AppRegistration
    let tenant: TenantProfile
    let origin: String

    private var authority: String { "\(origin)/\(tenant.id)" }
    private var clientID: String { registration.appID.description }
    private var redirectURI: String {
        registration.redirectURIs.first?.uri ?? "http://localhost"
    }
    private var isConfidential: Bool {
        !registration.passwordCredentials.isEmpty || !registration.keyCredentials.isEmpty
    }

    func text(for library: ClientLibrary) -> String {
        switch library {
        case .msalPython: msalPython
        case .msalNode: msalNode
        case .dotnet: dotnet
        case .spring: spring
        case .env: env
        }
    }

    private var msalPython: String {
        let kind = isConfidential ? "ConfidentialClientApplication" : "PublicClientApplication"
        let credential =
            isConfidential ? "\n    client_credential=os.environ[\"AZURE_CLIENT_SECRET\"]," : ""
        return """
            import os, msal
            # REQUESTS_CA_BUNDLE must name the CA that `entra-sim trust` prints
            app = msal.\(kind)(
                "\(clientID)",
                authority="\(authority)",\(credential)
                instance_discovery=False,
            )

            """
    }

    private var msalNode: String {
        let credential =
            isConfidential ? "\n        clientSecret: process.env.AZURE_CLIENT_SECRET," : ""
        return """
            // NODE_EXTRA_CA_CERTS must name the CA that `entra-sim trust` prints
            const config = {
                auth: {
                    clientId: "\(clientID)",
                    authority: "\(authority)",
                    knownAuthorities: ["\(origin.split(separator: "/").last ?? "localhost")"],\(credential)
                },
            };

            """
    }

    private var dotnet: String {
        """
        {
          "AzureAd": {
            "Instance": "\(origin)/",
            "TenantId": "\(tenant.id)",
            "ClientId": "\(clientID)",
            "CallbackPath": "/signin-oidc"
          }
        }

        """
    }

    private var spring: String {
        """
        spring.security.oauth2.client.provider.entra.issuer-uri=\(authority)/v2.0
        spring.security.oauth2.client.registration.entra.client-id=\(clientID)
        spring.security.oauth2.client.registration.entra.client-secret=${AZURE_CLIENT_SECRET}
        spring.security.oauth2.client.registration.entra.scope=openid,profile,email

        """
    }

    private var env: String {
        """
        AZURE_AUTHORITY_HOST=\(origin)
        AZURE_TENANT_ID=\(tenant.id)
        AZURE_CLIENT_ID=\(clientID)
        OIDC_ISSUER=\(authority)/v2.0
        OIDC_REDIRECT_URI=\(redirectURI)

        """
    }
}
