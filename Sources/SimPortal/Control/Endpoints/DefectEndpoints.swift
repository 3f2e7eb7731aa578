import SimCore
import SimFaults
import SimHTTP

extension ControlRoutes {
    /// Defects of the sample apps, as the ready-file's targets name them.
    static let defectEndpoints: [ControlEndpoint] = [
        ControlEndpoint(.get, "targets/{target}/defects", "every defect of an app, on or off") {
            input throws(ControlError) in
            .defects(.list(target: try input.parameter("target")))
        },
        ControlEndpoint(
            .put, "targets/{target}/defects/{defect}", body: DefectSwitch.keys,
            "turn a defect on, or give it other conditions"
        ) { input throws(ControlError) in
            var settings = JSONObject()
            for key in DefectSwitch.keys {
                settings.appendIfPresent(key, input.body.value(key))
            }
            return .defects(
                .turnOn(
                    target: try input.parameter("target"), name: try input.parameter("defect"),
                    settings: settings))
        },
        ControlEndpoint(.delete, "targets/{target}/defects", "turn every defect of an app off") {
            input throws(ControlError) in
            .defects(.heal(target: try input.parameter("target")))
        },
        ControlEndpoint(.delete, "targets/{target}/defects/{defect}", "turn a defect off") {
            input throws(ControlError) in
            .defects(
                .turnOff(
                    target: try input.parameter("target"), name: try input.parameter("defect")))
        },
    ]
}
