import SimCore
import SimFaults
import SimPortal

/// Named stories of failure and recovery. Each is played in a simulator of its own, on a frozen
/// clock, the same way every time.
///
///     let drills = try Drills()
///     let outcome = try await drills.play("quarantine-to-day-28")
///     #expect(outcome.isPassed, "\(outcome)")
public struct Drills: Sendable {
    private let files: DrillFiles

    /// Reads the drills of a folder of tenants; a mistake is named with file, line and key.
    ///
    /// - Parameter tenantsFolder: nil for those of the tenant that is built in.
    public init(tenantsFolder: String? = nil) throws(SimulatorFailure) {
        files = try DrillFiles(tenantsFolder: tenantsFolder)
    }

    /// Sorted.
    public var names: [String] { files.entries.map(\.drill.name) }

    /// Plays a drill by its name.
    ///
    /// - Parameters:
    ///   - target: base address of a SCIM service to provision in place of the sample app; it
    ///     should know nobody yet.
    ///   - token: the one that service accepts.
    ///   - targetCAFile: PEM file of its certificate's authority.
    public func play(
        _ name: String, target: String? = nil, token: String? = nil, targetCAFile: String? = nil
    ) async throws(SimulatorFailure) -> DrillOutcome {
        let player = DrillPlayer(
            tenantsFolder: files.tenantsFolder,
            target: target.map { DrillTarget(url: $0, token: token) }, targetCAFile: targetCAFile)
        return DrillOutcome(await player.play(try files.entry(name)))
    }

    /// Plays a drill that is written down as JSON, on the first tenant.
    public func play(json: String) async throws(SimulatorFailure) -> DrillOutcome {
        let drill: Drill
        do throws(DrillProblem) {
            drill = try Drill(inline: Array(json.utf8))
        } catch {
            throw SimulatorFailure(error.text, hint: error.hint)
        }
        let tenant = try FixtureSource.all(in: files.tenantsFolder)[0].name
        let player = DrillPlayer(tenantsFolder: files.tenantsFolder)
        return DrillOutcome(await player.play(DrillFiles.Entry(drill: drill, tenant: tenant)))
    }
}

/// How a drill went.
public struct DrillOutcome: Hashable, Sendable, CustomStringConvertible {
    public let name: String
    /// Every expectation was met.
    public let isPassed: Bool
    /// Why it was not played; nil when it was.
    public let skipReason: String?
    /// What was not as expected, a few lines each.
    public let problems: [String]
    /// The story with its simulated times, for people.
    public let timeline: String
    /// The same for build servers: JUnit's XML.
    public let junit: String

    public var description: String { timeline }

    init(_ report: DrillReport) {
        name = report.name
        isPassed = report.result == .passed
        skipReason = report.skipReason
        problems = report.entries.flatMap { entry in
            [entry.failure].compactMap { $0 }
                + entry.checks.filter { !$0.isMet }.map { check in
                    ([check.text] + check.problems).joined(separator: "\n")
                }
        }
        timeline = DrillTimeline.text(report)
        junit = JUnitReport([report]).xml
    }
}
