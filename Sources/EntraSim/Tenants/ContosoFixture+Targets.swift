/// The texts of `tenants/contoso/targets/`. Copied from there; a test compares them.
extension ContosoFixture {
    static let claras = #"""
        {
          "displayName": "Claras",
          "tagline": "The calm desk for advisers",
          "look": "hearth",
          "scimPath": "/api/scim/v2",
          "keyPrefix": "claras_",
          "scopes": [
            {"name": "scim.full", "summary": "Provision people and groups over SCIM"},
            {"name": "clients.read", "summary": "Read clients"},
            {"name": "clients.write", "summary": "Change clients"}
          ],
          "scimScope": "scim.full",
          "keys": [
            {"name": "Entra provisioning", "value": "claras-demo-scim-full", "scopes": ["scim.full"]},
            {"name": "Website", "value": "claras-demo-clients-read", "scopes": ["clients.read"]}
          ],
          "roles": {
            "ranks": ["owner", "manager", "adviser", "assistant"],
            "groups": [
              {"group": "claras-owners", "role": "owner"},
              {"group": "claras-managers", "role": "manager"},
              {"group": "claras-advisers", "role": "adviser"},
              {"group": "claras-assistants", "role": "assistant"}
            ],
            "default": "adviser",
            "withoutGroup": "keeps",
            "neverLowered": ["owner"]
          }
        }
        """#

    static let claresia = #"""
        {
          "displayName": "Claresia",
          "tagline": "Engineering insight for your organisation",
          "look": "console",
          "scimPath": "/scim/v2",
          "keyPrefix": "clsk_",
          "scopes": [
            {"name": "scim", "summary": "Provision people and groups over SCIM"},
            {"name": "reports.read", "summary": "Read reports, change nothing"}
          ],
          "scimScope": "scim",
          "keys": [
            {"name": "Entra provisioning", "value": "claresia-demo-scim-token", "scopes": ["scim"]},
            {"name": "Reporting (read-only)", "value": "claresia-demo-read-only-token", "scopes": ["reports.read"]}
          ],
          "oauth": {
            "tokenPath": "/oauth2/token", "lifetimeMinutes": 60,
            "clients": [
              {"name": "Entra provisioning", "clientId": "entra-provisioning", "clientSecret": "claresia-demo-client-secret", "scopes": ["scim"]}
            ],
            "federated": [
              {
                "name": "Entra workload identity", "clientId": "entra-workload",
                "issuer": "{origin}/9b1d3611-d0cf-4731-ba78-5f8dbeb8dd2d/v2.0",
                "subject": "8e01b43e-d907-4ea1-93c7-adb68d56edd6", "audience": "0a7b1b5a-787f-4b00-9522-21d8fc9219e7",
                "scopes": ["scim"]
              }
            ]
          },
          "roles": {
            "ranks": ["tenant_admin", "auditor", "member"],
            "archetypes": ["eng_lead"],
            "groups": [
              {"group": "claresia-admins", "role": "tenant_admin"},
              {"group": "claresia-auditors", "role": "auditor"},
              {"group": "claresia-users", "role": "member"},
              {"group": "claresia-eng-pilot", "role": "member", "archetype": "eng_lead"}
            ],
            "withoutGroup": "fallsToDefault"
          }
        }
        """#
}
