/// The texts of `tenants/contoso/drills/`, generated from there by `BuiltInDrillTests`.
enum ContosoDrills {
    static let all: [BuiltInTenant.Target] = [
        .init(
            name: "clock-skew-at-the-client",
            fixture: clockSkewAtTheClient),
        .init(
            name: "conditional-access-blocks-a-location",
            fixture: conditionalAccessBlocksALocation),
        .init(
            name: "consent-revoked",
            fixture: consentRevoked),
        .init(
            name: "duplicate-match",
            fixture: duplicateMatch),
        .init(
            name: "filter-answered-404",
            fixture: filterAnswered404),
        .init(
            name: "key-rollover-with-a-stale-cache",
            fixture: keyRolloverWithAStaleCache),
        .init(
            name: "login-slow-then-down-then-back",
            fixture: loginSlowThenDownThenBack),
        .init(
            name: "mass-unassignment",
            fixture: massUnassignment),
        .init(
            name: "one-poisoned-user",
            fixture: onePoisonedUser),
        .init(
            name: "purge-after-30-days",
            fixture: purgeAfter30Days),
        .init(
            name: "quarantine-to-day-28",
            fixture: quarantineToDay28),
        .init(
            name: "recovery-in-the-next-cycle",
            fixture: recoveryInTheNextCycle),
        .init(
            name: "restore-within-30-days",
            fixture: restoreWithin30Days),
        .init(
            name: "second-factor-mid-session",
            fixture: secondFactorMidSession),
        .init(
            name: "secret-expired",
            fixture: secretExpired),
        .init(
            name: "session-over-after-8-hours",
            fixture: sessionOverAfter8Hours),
        .init(
            name: "target-down-three-hours",
            fixture: targetDownThreeHours),
        .init(
            name: "target-loses-a-write",
            fixture: targetLosesAWrite),
        .init(
            name: "throttling-storm",
            fixture: throttlingStorm),
        .init(
            name: "token-expired-over-the-weekend",
            fixture: tokenExpiredOverTheWeekend),
        .init(
            name: "token-without-write-permission",
            fixture: tokenWithoutWritePermission),
        .init(
            name: "unique-constraint-conflict",
            fixture: uniqueConstraintConflict),
        .init(
            name: "wrong-token-pasted",
            fixture: wrongTokenPasted),
    ]
}
