import SimCore
import SimCrypto
import SimDirectory
import SimHTTP
import Testing

@testable import SimIdentity

/// What a code is refused for. aadsts.md §6.2.
extension NaturalCause {
    static let codes: [NaturalCause] = [
        .init(9_002_313, "a code that is garbage", .json("invalid_grant")) {
            try $0.redeem("garbage")
        },
        .init(70_008, "a code after its ten minutes", .json("invalid_grant")) {
            let code = try $0.code()
            $0.now = $0.now + .minutes(11)
            return try $0.redeem(code)
        },
        .init(54_005, "a code used twice", .json("invalid_grant")) {
            let code = try $0.code()
            _ = try $0.redeem(code)
            return try $0.redeem(code)
        },
        .init(700_005, "a code of another tenant", .json("invalid_grant")) {
            let code = try $0.code("multi")
            try $0.settleMultiElsewhere()
            return try $0.redeem(
                code, app: "multi", tenant: Fixture.otherTenant.description)
        },
        .init(700_007, "a code of another client", .json("invalid_grant")) {
            try $0.redeem(try $0.code(), app: "multi")
        },
        .init(
            500_112, "another of the registered addresses", .json("invalid_client", status: 401)
        ) {
            try $0.redeem(
                try $0.code(), changing: ["redirect_uri": "https://web.example/other"])
        },
        .init(50_148, "a code without its verifier", .json("invalid_grant")) {
            try $0.redeem(try $0.code(), changing: ["code_verifier": nil])
        },
        .init(501_481, "a code with another verifier", .json("invalid_grant")) {
            try $0.redeem(
                try $0.code(),
                changing: ["code_verifier": String(repeating: "v", count: 43)])
        },
        .init(28_003, "a code for two resources, redeemed for none", .json("invalid_request")) {
            let page = try $0.signIn(
                at: $0.authorizeTarget(changing: ["scope": "api://orders/read User.Read"]))
            let answer = try $0.submit(page, ["ucaccept": "1"])
            return try $0.redeem(try #require(answer.redirected?["code"]))
        },
        .init(28_000, "a code redeemed for two resources", .json("invalid_grant")) {
            try $0.redeem(
                try $0.code(), changing: ["scope": "api://orders/read User.Read"])
        },
    ]

    /// What a refresh token is refused for. aadsts.md §6.3.
    static let refreshes: [NaturalCause] = [
        .init(70_000, "a code sent as a refresh token", .json("invalid_grant")) {
            try $0.refresh(try $0.code())
        },
        .init(7_000_012, "a refresh token of another tenant", .json("invalid_grant")) {
            let body = try $0.redeem(try $0.code("multi"), app: "multi").json
            try $0.settleMultiElsewhere()
            return try $0.refresh(
                try #require(body["refresh_token"]?.stringValue), app: "multi",
                tenant: Fixture.otherTenant.description)
        },
        .init(
            700_082, "a refresh token nobody used for 90 days",
            .json("invalid_grant", suberror: "bad_token")
        ) {
            let token = try $0.refreshToken()
            $0.now = $0.now + .days(90)
            return try $0.refresh(token)
        },
        .init(
            700_084, "a page's refresh token after a day",
            .json("invalid_grant", suberror: "bad_token")
        ) {
            let body = try $0.redeemPage(
                try $0.pageCode(["scope": "api://orders/read openid offline_access"])
            ).json
            let token = try #require(body["refresh_token"]?.stringValue)
            $0.now = $0.now + .hours(24)
            return try $0.refresh(
                token, ["client_secret": nil], app: "spa", headers: Browser.pageOrigin)
        },
        .init(50_173, "sessions revoked", .json("invalid_grant", suberror: "bad_token")) {
            let token = try $0.refreshToken()
            $0.now = $0.now + .minutes(1)
            try $0.append(.userSessionsRevoked(Fixture.user("ada")))
            return try $0.refresh(token)
        },
        .init(
            51_004, "the person is deleted", .json("invalid_grant", suberror: "bad_token")
        ) {
            let token = try $0.refreshToken()
            try $0.append(.userDeleted(Fixture.user("ada")))
            return try $0.refresh(token)
        },
    ]

    /// What an API's assertion is refused for. aadsts.md §6.7.
    static let onBehalfOf: [NaturalCause] = [
        .init(240_002, "an ID token", .json("invalid_grant")) {
            try $0.onBehalfOf(try $0.called(member: "id_token"))
        },
        .init(7_000_114, "a token of an application alone", .json("invalid_grant")) {
            let token = try $0.daemon(["scope": "api://gateway/.default"]).json["access_token"]
            return try $0.onBehalfOf(try #require(token?.stringValue))
        },
        .init(500_131, "a token for another API", .json("invalid_grant")) {
            try $0.onBehalfOf(try $0.called("hub"))
        },
        .init(500_133, "a token that has expired", .json("invalid_grant")) {
            let token = try $0.called()
            $0.now = $0.now + .hours(2)
            return try $0.onBehalfOf(token)
        },
        .init(50_013, "a token with a changed claim", .json("invalid_grant")) {
            let parts = try $0.called().split(separator: ".")
            let bytes = try #require(Base64.urlDecode(parts[1]))
            var claims = try #require(try JSONValue(parsing: bytes).objectValue)
            claims["scp"] = "everything"
            return try $0.onBehalfOf(
                "\(parts[0]).\(Base64.urlEncode(claims.serialized)).\(parts[2])")
        },
    ]
}
