import SimCore
import SimDirectory
import Synchronization

/// What an expression may know beside the object: time, chance, the tenant, the target's values.
/// One for a whole cycle, so that every object of it sees the same instant.
package final class ExpressionContext: Sendable {
    package let now: Timestamp
    package let defaultDomain: String
    package let settings: ExpressionSettings
    let random: any RandomSource
    /// Whether the target already has a value: `SelectUniqueValue`.
    let isTaken: @Sendable (String) -> Bool
    private let patterns = Mutex<[String: DotNetPattern]>([:])

    /// Compiled patterns kept; a mapping has a handful.
    private static let patternLimit = 256

    package init(
        now: Timestamp, defaultDomain: String = "", random: any RandomSource,
        settings: ExpressionSettings = .standard,
        isTaken: @escaping @Sendable (String) -> Bool = { _ in false }
    ) {
        self.now = now
        self.defaultDomain = defaultDomain
        self.random = random
        self.settings = settings
        self.isTaken = isTaken
    }

    /// For values that need none of it: the start of the simulation, no domain, seed 0.
    package static let standard = ExpressionContext(
        now: Timestamp(seconds: 1_767_600_000), random: SeededRandom(seed: 0))

    /// The compiled form of a pattern, made once.
    func pattern(_ text: String) throws(PatternError) -> DotNetPattern {
        if let known = patterns.withLock({ $0[text] }) { return known }
        let made = try DotNetPattern(text)
        patterns.withLock { patterns in
            if patterns.count >= Self.patternLimit { patterns.removeAll() }
            patterns[text] = made
        }
        return made
    }
}

/// Where the attributes named in an expression come from.
package protocol AttributeSource: Sendable {
    /// Null when the attribute is absent. Names are case-sensitive.
    func value(of attribute: String) -> ExpressionValue

    /// Time, chance and settings of the evaluation.
    var context: ExpressionContext { get }

    /// Names the stream that random values of this object are drawn from, so that they do not
    /// depend on which object comes first.
    var randomStream: String { get }

    /// The attributes changed since the last cycle; nil when all count as changed.
    var changedAttributes: Set<String>? { get }
}

extension AttributeSource {
    package var context: ExpressionContext { .standard }
    package var randomStream: String { "" }
    package var changedAttributes: Set<String>? { nil }
}

/// Attributes given as a JSON object: test input, fixtures, the command line.
package struct ExpressionInput: AttributeSource {
    package let attributes: JSONObject
    package let context: ExpressionContext

    package init(_ attributes: JSONObject, context: ExpressionContext = .standard) {
        self.attributes = attributes
        self.context = context
    }

    package func value(of attribute: String) -> ExpressionValue {
        ExpressionValue(attributes[attribute])
    }
}
