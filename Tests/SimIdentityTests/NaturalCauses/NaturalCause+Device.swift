import SimCore
import SimDirectory
import SimHTTP
import Testing

@testable import SimIdentity

/// The device and its person. aadsts.md §6.6.
extension NaturalCause {
    static let devices: [NaturalCause] = [
        .init(70_016, "the person has not answered", .json("authorization_pending")) {
            try $0.poll(try $0.device().json["device_code"]?.stringValue)
        },
        .init(70_018, "a device code nobody issued", .json("bad_verification_code")) {
            try $0.poll("garbage")
        },
        .init(70_020, "a device code after its time", .json("expired_token")) {
            let code = try $0.device().json["device_code"]?.stringValue
            $0.now = $0.now + .minutes(15)
            return try $0.poll(code)
        },
        .init(65_004, "the person said no", .json("authorization_declined")) {
            let start = try $0.device().json
            let page = try $0.confirmation(try #require(start["user_code"]?.stringValue))
            _ = try $0.submit(page, ["cancel": "1"])
            return try $0.poll(start["device_code"]?.stringValue)
        },
        .init(90_119, "no user code", .form) { try $0.enter("") },
        .init(70_018, "a user code nobody issued", .form) { try $0.enter("ABCDEFGHJ") },
        .init(70_019, "a user code after its time", .form) {
            let code = try $0.device().json["user_code"]?.stringValue
            $0.now = $0.now + .minutes(15)
            return try $0.enter(try #require(code))
        },
        .init(90_120, "a user code used again", .form) {
            let code = try #require(try $0.device().json["user_code"]?.stringValue)
            _ = try $0.submit(try $0.confirmation(code), ["continue": "1"])
            $0.forgetCookies()
            return try $0.enter(code)
        },
        .init(50_199, "the application is named before it is let in", .form) {
            try $0.confirmation(
                try #require(try $0.device().json["user_code"]?.stringValue))
        },
    ]
}
