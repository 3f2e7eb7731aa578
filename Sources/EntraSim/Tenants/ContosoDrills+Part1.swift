/// The texts of `tenants/contoso/drills/`, generated from there by `BuiltInDrillTests`.
extension ContosoDrills {
    static let clockSkewAtTheClient = #"""
        {
          "name": "clock-skew-at-the-client",
          "description": "The app's clock is wrong: up to five minutes nobody notices, beyond that tokens are refused.",
          "steps": [
            {"signIn": {"user": "adele.vance@contoso.example"}, "expect": {"signIn": {"result": "signedIn"}}},
            {"signIn": {"user": "adele.vance@contoso.example", "clock": "-9m"}, "expect": {"signIn": {"result": "signedIn"}}},
            {"signIn": {"user": "adele.vance@contoso.example", "clock": "-11m"}, "expect": {"signIn": {"result": "rejected", "detail": "not yet valid*"}}},
            {"signIn": {"user": "adele.vance@contoso.example", "clock": "62m"}, "expect": {"signIn": {"result": "signedIn"}}},
            {"signIn": {"user": "adele.vance@contoso.example", "clock": "2h"}, "expect": {"signIn": {"result": "rejected", "detail": "expired*"}}},
            {"say": "The app's time service is repaired", "signIn": {"user": "adele.vance@contoso.example"}, "expect": {"signIn": {"result": "signedIn"}}}
          ]
        }
        """#

    static let conditionalAccessBlocksALocation = #"""
        {
          "name": "conditional-access-blocks-a-location",
          "description": "A policy blocks everything outside the office network: 53003 from a hotel, with or without a session, as ever from the office.",
          "steps": [
            {
              "edit": {
                "request": "POST conditionalAccess/namedLocations",
                "body": {"displayName": "Office", "isTrusted": true, "ipRanges": ["198.51.100.0/24"]}
              }
            },
            {
              "edit": {
                "request": "POST conditionalAccess/policies",
                "body": {
                  "displayName": "Block outside the office",
                  "conditions": {
                    "users": {"includeUsers": ["All"]}, "applications": {"includeApplications": ["Claresia"]},
                    "locations": {"includeLocations": ["All"], "excludeLocations": ["Office"]}
                  },
                  "grantControls": {"operator": "OR", "builtInControls": ["block"]}
                }
              }
            },
            {"signIn": {"user": "adele.vance@contoso.example", "from": "198.51.100.10"}, "expect": {"signIn": {"result": "signedIn"}}},
            {"say": "From a hotel, still signed in", "signIn": {"how": "silent", "from": "203.0.113.7"}, "expect": {"signIn": {"result": "refused", "error": 53003}}},
            {"say": "A colleague, at the page", "signIn": {"user": "megan.bowen@contoso.example", "from": "203.0.113.7"}, "expect": {"signIn": {"result": "refused", "error": 53003}}},
            {"say": "Back in the office", "signIn": {"user": "adele.vance@contoso.example", "from": "198.51.100.10"}, "expect": {"signIn": {"result": "signedIn"}}}
          ]
        }
        """#

    static let consentRevoked = #"""
        {
          "name": "consent-revoked",
          "description": "An administrator takes the consent back: who is signed in fails at renewal, others are asked; new consent heals it.",
          "steps": [
            {"say": "The app reads her profile, too", "signIn": {"user": "adele.vance@contoso.example", "scope": "openid offline_access User.Read"}, "expect": {"signIn": {"result": "signedIn"}}},
            {"signIn": {"how": "renew", "scope": "openid offline_access User.Read"}, "expect": {"signIn": {"result": "signedIn"}}},
            {"edit": {"revokeConsent": "Claresia"}},
            {"signIn": {"how": "renew", "scope": "openid offline_access User.Read"}, "expect": {"signIn": {"result": "refused", "error": 65001, "suberror": "consent_required"}}},
            {"signIn": {"how": "silent"}, "expect": {"signIn": {"result": "refused", "error": 65001}}},
            {"signIn": {"user": "megan.bowen@contoso.example"}, "expect": {"signIn": {"result": "asked", "detail": "Permissions requested*"}}},
            {
              "say": "The administrator consents for everybody again",
              "edit": {"grantConsent": "Claresia", "scope": "openid profile email offline_access User.Read"}
            },
            {"signIn": {"how": "silent", "user": "adele.vance@contoso.example"}, "expect": {"signIn": {"result": "signedIn"}}},
            {"signIn": {"user": "megan.bowen@contoso.example"}, "expect": {"signIn": {"result": "signedIn"}}}
          ]
        }
        """#

    static let duplicateMatch = #"""
        {
          "name": "duplicate-match",
          "description": "The target has the same person twice: that one fails, the others go through, and cleaning up heals it.",
          "steps": [
            {"cycle": true, "expect": {"cycle": {"state": "Succeeded"}}},
            {
              "say": "Somebody imported adele again by hand",
              "fault": {
                "name": "twice", "where": {"site": "scim", "operation": "query", "object": "user"},
                "whom": {"user": "adele.vance@contoso.example"}, "what": {"scim": "duplicateResults"}
              }
            },
            {"say": "A restart that forgets every link: everybody is matched again", "job": "restartFull"},
            {
              "cycle": true,
              "expect": {
                "cycle": {"kind": "initial", "state": "EntryLevelErrors", "failed": 1},
                "log": [{"who": "adele.vance@contoso.example", "status": "failure", "code": "DuplicateTargetEntries"}],
                "counts": {"POST *": 0, "PATCH */Users/*": 0}, "job": {"status": "Active", "retries": {"min": 1}}
              }
            },
            {"say": "The second one is removed from the target", "clear": "twice"},
            {"advance": "12h", "expect": {"job": {"retries": 0}, "target": {"adele.vance@contoso.example": "active"}}}
          ]
        }
        """#

    static let filterAnswered404 = #"""
        {
          "name": "filter-answered-404",
          "description": "The target answers 404 instead of an empty list: a broken contract, quarantine at once.",
          "steps": [
            {"fault": {"name": "no-list", "where": {"site": "scim", "operation": "query"}, "what": {"status": 404}}},
            {"testConnection": true, "expect": {"connection": {"success": false, "status": 404}}},
            {
              "cycle": true,
              "expect": {
                "cycle": {"state": "Failed"}, "writes": false,
                "job": {"status": "Quarantine", "reason": "EncounteredQuarantineException"}
              }
            },
            {"say": "The endpoint answers 200 with no resources now", "clear": "no-list"},
            {"advance": "6h", "expect": {"cycle": {"state": "Succeeded"}, "job": {"status": "Active"}}}
          ]
        }
        """#

    static let keyRolloverWithAStaleCache = #"""
        {
          "name": "key-rollover-with-a-stale-cache",
          "description": "The signing key rolls over: apps that read the keys again notice nothing, one that believes its cache refuses tokens after an emergency.",
          "steps": [
            {"signIn": {"user": "adele.vance@contoso.example"}, "expect": {"signIn": {"result": "signedIn"}}},
            {"say": "Planned: the next key has been published ahead, the old one stays for a while", "edit": {"request": "POST keys/rotate"}},
            {
              "say": "An app that keeps what it read has the new key already",
              "signIn": {"user": "adele.vance@contoso.example", "keys": "cached"}, "expect": {"signIn": {"result": "signedIn"}}
            },
            {"say": "An emergency: new keys at once, the old ones are gone", "edit": {"request": "POST keys/rotate", "body": {"mode": "emergency"}}},
            {
              "signIn": {"user": "adele.vance@contoso.example", "keys": "cached"},
              "expect": {"signIn": {"result": "rejected", "detail": "no known key*"}}
            },
            {
              "say": "What libraries do: an unknown key is looked for once more",
              "signIn": {"user": "adele.vance@contoso.example"}, "expect": {"signIn": {"result": "signedIn"}}
            },
            {
              "say": "The key document lags behind the signer",
              "edit": {"request": "POST keys/rotate", "body": {"mode": "unpublished"}}
            },
            {"signIn": {"user": "adele.vance@contoso.example"}, "expect": {"signIn": {"result": "rejected", "detail": "no known key*"}}},
            {"say": "It catches up", "edit": {"request": "POST keys/publish"}},
            {"signIn": {"user": "adele.vance@contoso.example"}, "expect": {"signIn": {"result": "signedIn"}}}
          ]
        }
        """#

    static let loginSlowThenDownThenBack = #"""
        {
          "name": "login-slow-then-down-then-back",
          "description": "The login endpoint grows slow, then answers 503, then is back; who was signed in notices only at renewal.",
          "steps": [
            {"signIn": {"user": "adele.vance@contoso.example"}, "expect": {"signIn": {"result": "signedIn"}}},
            {"say": "It grows slow", "fault": {"name": "slow", "where": "token", "what": {"latency": "8s"}}},
            {"signIn": {"how": "renew"}, "expect": {"signIn": {"result": "signedIn"}, "hits": {"slow": 1}}},
            {"say": "A client with little patience", "signIn": {"how": "renew", "patience": "5s"}, "expect": {"signIn": {"result": "unavailable", "detail": "no answer within 5 s"}}},
            {"clear": "slow"},
            {"say": "Then it is down", "fault": {"name": "down", "where": "token", "what": {"status": 503, "retryAfter": "60s"}}},
            {"fault": {"name": "pages", "where": "authorize", "what": {"status": 503}}},
            {"signIn": {"how": "renew"}, "expect": {"signIn": {"result": "unavailable", "detail": "status 503*"}}},
            {"signIn": {"user": "megan.bowen@contoso.example"}, "expect": {"signIn": {"result": "unavailable", "detail": "status 503*"}}},
            {"say": "It is back", "clear": true},
            {"signIn": {"how": "renew", "user": "adele.vance@contoso.example"}, "expect": {"signIn": {"result": "signedIn"}}},
            {"signIn": {"user": "megan.bowen@contoso.example"}, "expect": {"signIn": {"result": "signedIn"}}}
          ]
        }
        """#

    static let massUnassignment = #"""
        {
          "name": "mass-unassignment",
          "description": "A group is unassigned by mistake: accidental-deletion prevention holds the disables back until somebody decides.",
          "steps": [
            {"edit": {"provisioning": {"deleteThreshold": 3, "mailTo": "it-operations@contoso.example"}}},
            {"cycle": true, "expect": {"cycle": {"state": "Succeeded"}}},
            {"say": "The wrong group is unassigned", "edit": {"unassign": "claresia-users"}},
            {
              "cycle": true,
              "expect": {
                "writes": false, "cycle": {"disabled": 0}, "mails": 1,
                "log": [{"who": "adele.vance@contoso.example", "action": "stageddelete"}],
                "job": {"status": "Quarantine", "reason": "TooManyDeletes", "staged": {"min": 4}},
                "target": {"adele.vance@contoso.example": "active"}
              }
            },
            {"say": "Rejected: the group comes back, then a restart", "edit": {"assign": "claresia-users"}},
            {"job": "restart"},
            {
              "cycle": true,
              "expect": {
                "counts": {"PATCH */Users/*": 0, "DELETE *": 0}, "job": {"status": "Active", "staged": 0},
                "target": {"adele.vance@contoso.example": "active"}
              }
            },
            {"say": "Once more, this time on purpose", "edit": {"unassign": "claresia-users"}},
            {"cycle": true, "expect": {"writes": false, "job": {"status": "Quarantine", "reason": "TooManyDeletes"}}},
            {"job": "allowDeletes"},
            {
              "cycle": true,
              "expect": {
                "cycle": {"disabled": {"min": 4}}, "job": {"status": "Active", "staged": 0},
                "target": {"adele.vance@contoso.example": "disabled"}
              }
            }
          ]
        }
        """#

    static let onePoisonedUser = #"""
        {
          "name": "one-poisoned-user",
          "description": "The target cannot digest one person: everybody else is provisioned, that one is retried after 6, 12 and 24 hours.",
          "steps": [
            {
              "fault": {
                "name": "poison", "where": {"site": "scim", "operation": "create"},
                "whom": {"user": "lynne.robbins@contoso.example"},
                "what": {
                  "status": 400,
                  "body": {"schemas": ["urn:ietf:params:scim:api:messages:2.0:Error"], "status": "400", "scimType": "invalidValue", "detail": "title is not one of ours"}
                }
              }
            },
            {
              "cycle": true,
              "expect": {
                "cycle": {"state": "EntryLevelErrors", "created": 17, "failed": 1},
                "log": [{"who": "lynne.robbins@contoso.example", "action": "create", "status": "failure", "reason": "*title is not one of ours*"}],
                "job": {"status": "Active", "retries": {"min": 1}},
                "target": {"lynne.robbins@contoso.example": "absent", "adele.vance@contoso.example": "active"}
              }
            },
            {"advance": "40m", "expect": {"hits": {"poison": 2}}},
            {"advance": "1d", "expect": {"hits": {"poison": 5}, "job": {"status": "Active", "retries": {"min": 1}}}},
            {"say": "The target has been taught the title", "clear": "poison"},
            {"advance": "1d", "expect": {"job": {"retries": 0}, "counts": {"POST */Users 201": 1}, "target": {"lynne.robbins@contoso.example": "active"}}}
          ]
        }
        """#

    static let purgeAfter30Days = #"""
        {
          "name": "purge-after-30-days",
          "description": "Deleted and not missed: after 30 days the directory purges, and the next cycle deletes at the target.",
          "steps": [
            {"cycle": true, "expect": {"cycle": {"state": "Succeeded"}}},
            {"edit": {"delete": "adele.vance@contoso.example"}},
            {"advance": "40m", "expect": {"target": {"adele.vance@contoso.example": "disabled"}}},
            {"advance": "14d", "expect": {"writes": false}},
            {"advance": "15d", "expect": {"writes": false, "directory": {"adele.vance@contoso.example": "deleted"}}},
            {
              "advance": "1d",
              "expect": {
                "counts": {"DELETE */Users/* 2xx": 1}, "directory": {"adele.vance@contoso.example": "absent"},
                "target": {"adele.vance@contoso.example": "absent"}
              }
            },
            {"say": "Nothing is left to do", "advance": "1d", "expect": {"writes": false, "job": {"status": "Active", "retries": 0}}}
          ]
        }
        """#

    static let quarantineToDay28 = #"""
        {
          "name": "quarantine-to-day-28",
          "description": "The token expires and nobody ever looks: daily attempts, then the job is disabled.",
          "steps": [
            {"edit": {"provisioning": {"mailTo": "it-operations@contoso.example"}}},
            {"cycle": true, "expect": {"cycle": {"state": "Succeeded"}}},
            {"say": "The token expires", "edit": {"token": "expired"}},
            {
              "advance": "40m",
              "expect": {
                "cycles": 1, "cycle": {"state": "Failed"}, "mails": 1, "writes": false,
                "job": {"status": "Quarantine", "schedule": "Active", "reason": "EncounteredQuarantineException"}
              }
            },
            {"say": "After 6, 12 and 24 hours, then once a day", "advance": "7d", "expect": {"cycles": 9, "writes": false}},
            {"advance": "20d", "expect": {"cycles": 20, "job": {"status": "Quarantine", "schedule": "Active"}}},
            {
              "say": "Day 28",
              "advance": "1d",
              "expect": {"job": {"status": "Quarantine", "schedule": "Disabled"}, "mails": 0}
            },
            {"advance": "30d", "expect": {"cycles": 0, "calls": []}}
          ]
        }
        """#

    static let recoveryInTheNextCycle = #"""
        {
          "name": "recovery-in-the-next-cycle",
          "description": "Two days in quarantine; a new token, and the next attempt lifts it by itself.",
          "steps": [
            {"cycle": true, "expect": {"cycle": {"state": "Succeeded"}}},
            {"edit": {"token": "expired"}},
            {"advance": "2d", "expect": {"job": {"status": "Quarantine"}, "writes": false}},
            {"say": "Somebody leaves meanwhile", "edit": {"disable": "adele.vance@contoso.example"}},
            {"say": "A new token, no restart", "edit": {"token": true}},
            {
              "advance": "1d",
              "expect": {
                "job": {"status": "Active", "schedule": "Active"},
                "cycles": {"min": 20},
                "counts": {"PATCH */Users/* 2xx": 1},
                "target": {"adele.vance@contoso.example": "disabled"}
              }
            }
          ]
        }
        """#

    static let restoreWithin30Days = #"""
        {
          "name": "restore-within-30-days",
          "description": "Deleted by mistake and restored after 29 days: switched off, then on again, never deleted.",
          "steps": [
            {"cycle": true, "expect": {"cycle": {"state": "Succeeded"}}},
            {"edit": {"delete": "adele.vance@contoso.example"}},
            {
              "advance": "40m",
              "expect": {
                "cycle": {"disabled": 1}, "directory": {"adele.vance@contoso.example": "deleted"},
                "target": {"adele.vance@contoso.example": "disabled"}
              }
            },
            {"advance": "14d", "expect": {"writes": false}},
            {"advance": "15d", "expect": {"writes": false}},
            {"edit": {"restore": "adele.vance@contoso.example"}},
            {
              "advance": "40m",
              "expect": {
                "directory": {"adele.vance@contoso.example": "active"},
                "target": {"adele.vance@contoso.example": "active"}
              }
            },
            {"advance": "7d", "expect": {"writes": false}}
          ]
        }
        """#

    static let secondFactorMidSession = #"""
        {
          "name": "second-factor-mid-session",
          "description": "A second factor is demanded of a person who is signed in: the app's renewal fails with 50076 and claims, the page asks, then all is well.",
          "steps": [
            {"signIn": {"user": "adele.vance@contoso.example"}, "expect": {"signIn": {"result": "signedIn"}}},
            {"signIn": {"how": "renew"}, "expect": {"signIn": {"result": "signedIn"}}},
            {
              "say": "A policy demands it of everybody",
              "edit": {
                "request": "POST conditionalAccess/policies",
                "body": {
                  "displayName": "MFA for everybody",
                  "conditions": {"users": {"includeUsers": ["All"]}, "applications": {"includeApplications": ["All"]}},
                  "grantControls": {"operator": "OR", "builtInControls": ["mfa"]}
                }
              }
            },
            {"signIn": {"how": "renew"}, "expect": {"signIn": {"result": "refused", "error": 50076, "suberror": "basic_action"}}},
            {"signIn": {"how": "silent"}, "expect": {"signIn": {"result": "refused", "error": 50076}}},
            {"say": "The app sends her to the page; her phone is at home", "signIn": {"user": "adele.vance@contoso.example"}, "expect": {"signIn": {"result": "asked"}}},
            {"say": "An hour later she has it", "advance": "1h"},
            {"signIn": {"user": "adele.vance@contoso.example", "mfa": true}, "expect": {"signIn": {"result": "signedIn"}}},
            {"signIn": {"how": "renew"}, "expect": {"signIn": {"result": "signedIn"}}}
          ]
        }
        """#

    static let secretExpired = #"""
        {
          "name": "secret-expired",
          "description": "The app's client secret ends at midnight: 7000222 from then on, a new secret ends it.",
          "start": "2026-06-30T22:00:00Z",
          "steps": [
            {"edit": {"newSecret": "Contoso Nightly Job", "lifetime": "2h"}},
            {"signIn": {"how": "secret", "app": "Contoso Nightly Job"}, "expect": {"signIn": {"result": "signedIn"}}},
            {"advance": "1h59m", "expect": {"directory": {"adele.vance@contoso.example": "active"}}},
            {"signIn": {"how": "secret", "app": "Contoso Nightly Job"}, "expect": {"signIn": {"result": "signedIn"}}},
            {"say": "Two minutes later the nightly job runs", "advance": "2m"},
            {"signIn": {"how": "secret", "app": "Contoso Nightly Job"}, "expect": {"signIn": {"result": "refused", "error": 7000222}}},
            {"edit": {"newSecret": "Contoso Nightly Job", "lifetime": "180d"}},
            {"signIn": {"how": "secret", "app": "Contoso Nightly Job"}, "expect": {"signIn": {"result": "signedIn"}}}
          ]
        }
        """#
}
