/// The texts of `tenants/contoso/drills/`, generated from there by `BuiltInDrillTests`.
extension ContosoDrills {
    static let sessionOverAfter8Hours = #"""
        {
          "name": "session-over-after-8-hours",
          "description": "Sign-in frequency of 8 hours: the app's renewal is refused with 70043, and the person is asked for the password again.",
          "steps": [
            {
              "edit": {
                "request": "POST conditionalAccess/policies",
                "body": {
                  "displayName": "Eight hours",
                  "conditions": {"users": {"includeUsers": ["All"]}, "applications": {"includeApplications": ["All"]}},
                  "sessionControls": {"signInFrequency": {"isEnabled": true, "type": "hours", "value": 8}}
                }
              }
            },
            {"signIn": {"user": "adele.vance@contoso.example"}, "expect": {"signIn": {"result": "signedIn"}}},
            {"advance": "7h59m"},
            {"signIn": {"how": "renew"}, "expect": {"signIn": {"result": "signedIn"}}},
            {"signIn": {"how": "silent"}, "expect": {"signIn": {"result": "signedIn"}}},
            {"advance": "2m"},
            {"signIn": {"how": "renew"}, "expect": {"signIn": {"result": "refused", "error": 70043, "suberror": "token_expired"}}},
            {"signIn": {"how": "silent"}, "expect": {"signIn": {"result": "refused", "error": 70044}}},
            {"say": "She enters her password, and eight new hours begin", "signIn": {"user": "adele.vance@contoso.example"}, "expect": {"signIn": {"result": "signedIn"}}},
            {"advance": "7h59m"},
            {"signIn": {"how": "renew"}, "expect": {"signIn": {"result": "signedIn"}}}
          ]
        }
        """#

    static let targetDownThreeHours = #"""
        {
          "name": "target-down-three-hours",
          "description": "The target refuses connections for three hours; what changed meanwhile arrives afterwards, once.",
          "steps": [
            {"cycle": true, "expect": {"cycle": {"state": "Succeeded"}}},
            {"say": "The target goes down", "fault": {"name": "down", "where": "scim", "what": {"connection": "refused"}}},
            {"edit": {"disable": "adele.vance@contoso.example"}},
            {"edit": {"set": "alex.wilber@contoso.example", "attributes": {"jobTitle": "Head of Marketing"}}},
            {"advance": "3h", "expect": {"cycle": {"state": "Failed"}, "counts": {"* * 2xx": 0}, "hits": {"down": {"min": 1}}}},
            {"say": "It is back", "clear": "down"},
            {
              "advance": "6h",
              "expect": {
                "cycle": {"state": "Succeeded"}, "job": {"status": "Active"},
                "counts": {"PATCH */Users/* 2xx": 2, "POST */Users": 0},
                "target": {"adele.vance@contoso.example": "disabled", "alex.wilber@contoso.example": "active"}
              }
            }
          ]
        }
        """#

    static let targetLosesAWrite = #"""
        {
          "name": "target-loses-a-write",
          "description": "The target acknowledges a person it never stores: InvalidAnchor, until her next change creates her.",
          "steps": [
            {
              "fault": {
                "name": "lost", "where": {"site": "scim", "operation": "create", "object": "user"},
                "whom": {"user": "adele.vance@contoso.example"}, "what": {"scim": "lostWrite"}
              }
            },
            {
              "cycle": true,
              "expect": {
                "log": [
                  {"who": "adele.vance@contoso.example", "action": "create", "status": "success"},
                  {"who": "adele.vance@contoso.example", "action": "update", "status": "failure", "code": "InvalidAnchor"}
                ],
                "target": {"adele.vance@contoso.example": "absent"}
              }
            },
            {"say": "The target is mended, but nobody tells it of her again", "clear": "lost"},
            {
              "advance": "1d",
              "expect": {"target": {"adele.vance@contoso.example": "absent"}, "job": {"status": "Active", "retries": {"min": 1}}}
            },
            {"say": "She changes", "edit": {"set": "adele.vance@contoso.example", "attributes": {"jobTitle": "Store Lead"}}},
            {
              "cycle": true,
              "expect": {
                "calls": ["GET */Users/* 404", "GET */Users?filter=userName* 200", "POST */Users 201"], "order": "inOrder",
                "target": {"adele.vance@contoso.example": "active"}
              }
            }
          ]
        }
        """#

    static let throttlingStorm = #"""
        {
          "name": "throttling-storm",
          "description": "The target answers 429 to every write for two hours; then everything arrives, nothing twice.",
          "steps": [
            {
              "fault": {
                "name": "storm", "where": "scim", "whom": {"method": "POST"},
                "what": {"status": 429, "retryAfter": "30s"}
              }
            },
            {
              "cycle": true,
              "expect": {
                "cycle": {"state": "EntryLevelErrors", "created": 0}, "counts": {"POST * 429": {"min": 18}},
                "log": [{"who": "adele.vance@contoso.example", "action": "create", "status": "failure", "code": "TooManyRequests"}]
              }
            },
            {"advance": "2h", "expect": {"counts": {"POST * 2xx": 0}, "job": {"status": "Active", "retries": {"min": 18}}}},
            {"say": "The storm is over", "clear": "storm"},
            {
              "advance": "1d",
              "expect": {
                "counts": {"POST */Users 201": 14, "POST */Groups 201": 4}, "job": {"status": "Active", "retries": 0},
                "target": {"adele.vance@contoso.example": "active"}
              }
            }
          ]
        }
        """#

    static let tokenExpiredOverTheWeekend = #"""
        {
          "name": "token-expired-over-the-weekend",
          "description": "The bearer token runs out on Friday evening, and nobody looks before Monday.",
          "start": "2026-01-09T16:00:00Z",
          "steps": [
            {"edit": {"provisioning": {"mailTo": "it-operations@contoso.example"}}},
            {"cycle": true, "expect": {"cycle": {"state": "Succeeded", "created": 18}}},
            {"say": "Friday evening: the target stops accepting the token", "edit": {"token": "ran-out-on-friday"}},
            {"edit": {"disable": "adele.vance@contoso.example"}},
            {
              "advance": "2026-01-12T08:00:00Z",
              "expect": {
                "writes": false, "cycles": 5, "mails": ["*quarantine*"],
                "job": {"status": "Quarantine", "schedule": "Active", "reason": "EncounteredQuarantineException"},
                "target": {"adele.vance@contoso.example": "active"}
              }
            },
            {"testConnection": true, "expect": {"connection": {"success": false, "status": 401}}},
            {"say": "Monday morning: a new token, and a restart rather than waiting for the next attempt", "edit": {"token": true}},
            {"testConnection": true, "expect": {"connection": {"success": true}}},
            {"job": "restart"},
            {
              "advance": "1m",
              "expect": {
                "cycle": {"state": "Succeeded", "disabled": 1}, "job": {"status": "Active"},
                "target": {"adele.vance@contoso.example": "disabled"}
              }
            }
          ]
        }
        """#

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
                "job": {"retries": {"min": 1}}
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
