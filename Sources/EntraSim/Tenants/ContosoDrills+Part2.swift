/// The texts of `tenants/contoso/drills/`, generated from there by `BuiltInDrillTests`.
extension ContosoDrills {
    static let tokenWithoutWritePermission = #"""
        {
          "name": "token-without-write-permission",
          "description": "A token that may only read: Test Connection names 403, and nothing is ever written.",
          "sampleAppOnly": "a token that the target knows and does not let write is needed; only the sample app has one",
          "steps": [
            {"edit": {"token": "claresia-demo-read-only-token"}},
            {"testConnection": true, "expect": {"connection": {"success": false, "status": 403, "text": "*Forbidden*"}}},
            {
              "cycle": true,
              "expect": {"cycle": {"state": "Failed"}, "job": {"status": "Quarantine"}, "writes": false}
            },
            {"edit": {"token": true}},
            {"advance": "6h", "expect": {"cycle": {"state": "Succeeded"}, "job": {"status": "Active"}}},
            {"expect": {"target": {"adele.vance@contoso.example": "active"}}}
          ]
        }
        """#

    static let uniqueConstraintConflict = #"""
        {
          "name": "unique-constraint-conflict",
          "description": "A person takes over the name of another who left the app: the target refuses it until the old name is free.",
          "steps": [
            {"cycle": true, "expect": {"cycle": {"state": "Succeeded"}}},
            {"say": "Alex leaves the app and is renamed; the target is no longer told", "edit": {"removeMember": "alex.wilber@contoso.example", "from": "claresia-users"}},
            {"cycle": true, "expect": {"target": {"alex.wilber@contoso.example": "disabled"}}},
            {"edit": {"set": "alex.wilber@contoso.example", "attributes": {"userPrincipalName": "alex.wilber.old@contoso.example"}}},
            {"say": "Isaiah is given the name that became free here, but not at the target", "edit": {"set": "isaiah.langer@contoso.example", "attributes": {"userPrincipalName": "alex.wilber@contoso.example"}}},
            {
              "cycle": true,
              "expect": {
                "cycle": {"state": "EntryLevelErrors", "failed": 1}, "counts": {"PATCH */Users/* 409": 1},
                "log": [{"who": "alex.wilber@contoso.example", "action": "update", "status": "failure"}],
                "job": {"retries": 1}
              }
            },
            {"say": "Alex comes back under the new name, which frees the old one", "edit": {"addMember": "alex.wilber.old@contoso.example", "to": "claresia-users"}},
            {
              "advance": "1d",
              "expect": {
                "job": {"retries": 0, "status": "Active"},
                "target": {
                  "alex.wilber@contoso.example": "active", "alex.wilber.old@contoso.example": "active",
                  "isaiah.langer@contoso.example": "absent"
                }
              }
            }
          ]
        }
        """#

    static let wrongTokenPasted = #"""
        {
          "name": "wrong-token-pasted",
          "description": "A wrong token is pasted: Test Connection names 401, the job goes into quarantine, the right one ends it.",
          "steps": [
            {"edit": {"token": "pasted-from-another-tenant"}},
            {"testConnection": true, "expect": {"connection": {"success": false, "status": 401}, "job": {"status": "NotRun"}}},
            {
              "say": "Started all the same",
              "cycle": true,
              "expect": {
                "cycle": {"state": "Failed", "error": "SystemForCrossDomainIdentityManagementCredentialValidationFailure"},
                "job": {"status": "Quarantine", "reason": "EncounteredQuarantineException"},
                "writes": false, "log": [{"count": 0}]
              }
            },
            {"edit": {"token": true}},
            {"testConnection": true, "expect": {"connection": {"success": true}}},
            {"cycle": true, "expect": {"cycle": {"state": "Succeeded", "created": 18, "failed": 0}, "job": {"status": "Active"}}}
          ]
        }
        """#
}
