import SimCore

/// Which drills, and what they are played against.
package struct DrillOptions: Hashable, Sendable {
    /// nil: `tenants` if there is such a folder, else the tenant that is built in.
    package var tenantsFolder: String?
    /// Names, or paths of files; empty for all there are.
    package var names: [String] = []
    /// A SCIM service in place of the embedded sample app.
    package var target: String?
    package var token: String?
    package var targetCAFile: String?

    package init() {}
}

/// How the drills of one command went.
package struct DrillResults: Hashable, Sendable {
    /// A report each, in the order played.
    package let reports: [JSONValue]
    package let passed: Int
    package let failed: Int
    package let skipped: Int
    /// JUnit's XML of all of them.
    package let junit: String

    package init(reports: [JSONValue], passed: Int, failed: Int, skipped: Int, junit: String) {
        self.reports = reports
        self.passed = passed
        self.failed = failed
        self.skipped = skipped
        self.junit = junit
    }
}
