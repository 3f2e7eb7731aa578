import SimCore
import SimDirectory

/// A tenant as the control API shows one.
package enum TenantAnswer {
    /// - Parameter origin: the public origin, without a slash at its end.
    package static func json(_ directory: some DirectoryQueries, origin: String) -> JSONObject {
        let profile = directory.profile
        return [
            "name": .string(profile.name), "displayName": .string(profile.displayName),
            "id": .string(profile.id.description), "domains": JSONValue(strings: profile.domains),
            "authority": .string("\(origin)/\(profile.domains.first ?? profile.id.description)"),
            "userCount": .int(Int64(directory.userCount)),
            "groupCount": .int(Int64(directory.groupCount)),
            "appCount": .int(Int64(directory.applications.count)),
            "sequence": .int(Int64(clamping: directory.sequence)),
        ]
    }

    /// The tenant as `demo` and `tenant show` need it, with its apps by name.
    package static func detail(_ directory: some DirectoryQueries, origin: String) -> JSONValue {
        var object = json(directory, origin: origin)
        object.append(
            "apps",
            .array(
                directory.applications.map {
                    .object(ApplicationAnswer.json($0, in: directory))
                }))
        return .object(object)
    }
}
