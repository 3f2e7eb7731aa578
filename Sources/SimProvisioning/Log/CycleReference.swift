import SimCore

/// Which cycle of a job is meant: its number, counted from 1 and never used twice, its id, or the
/// newest one.
package enum CycleReference: Hashable, Sendable {
    case last
    case number(Int)
    case id(GUID)

    /// `last`, `3` or an id; nil for anything else.
    package init?(_ text: String) {
        if text == "last" {
            self = .last
        } else if let number = Int(text), number > 0 {
            self = .number(number)
        } else if let id = GUID(text) {
            self = .id(id)
        } else {
            return nil
        }
    }

    package var text: String {
        switch self {
        case .last: "last"
        case .number(let number): String(number)
        case .id(let id): id.description
        }
    }
}

extension ProvisioningHistory {
    /// A cycle that has ended, with its number.
    package struct NumberedCycle: Hashable, Sendable {
        package let number: Int
        package let summary: CycleSummary
    }

    /// The cycles kept, oldest first.
    package var numberedCycles: [NumberedCycle] {
        cycles.enumerated().map { index, summary in
            NumberedCycle(number: endedCycles - cycles.count + index + 1, summary: summary)
        }
    }

    /// The cycle meant; nil when it is unknown or no longer kept.
    package func cycle(_ reference: CycleReference) -> NumberedCycle? {
        switch reference {
        case .last: numberedCycles.last
        case .number(let number): numberedCycles.first { $0.number == number }
        case .id(let id): numberedCycles.first { $0.summary.id == id }
        }
    }
}
