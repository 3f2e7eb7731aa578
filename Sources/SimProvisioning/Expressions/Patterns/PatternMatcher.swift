/// Runs a compiled pattern over one text: backtracking with a stack of its own, so that neither
/// long texts nor bad patterns can exhaust the thread's.
struct PatternMatcher {
    /// What is undone, or tried instead, when matching fails.
    private enum Trail {
        case branch(instruction: Int, position: Int)
        case slot(Int, was: Int)
        case register(Int, was: Int)
    }

    private let program: PatternProgram
    private let units: [UInt16]
    private var steps: Int
    private var slots: [Int]
    private var registers: [Int]
    private var trail: [Trail] = []
    private var searchStart = 0

    init(_ program: PatternProgram, _ units: [UInt16], steps: Int) {
        self.program = program
        self.units = units
        self.steps = steps
        slots = Array(repeating: -1, count: 2 * (program.groupCount + 1))
        registers = Array(repeating: -1, count: program.registerCount)
    }

    /// The leftmost match that starts at `start` or later.
    mutating func search(from start: Int) throws(PatternError) -> PatternMatch? {
        searchStart = start
        for position in start...units.count {
            trail.removeAll(keepingCapacity: true)
            for index in slots.indices { slots[index] = -1 }
            if try run(from: 0, at: position) != nil { return PatternMatch(slots: slots) }
        }
        return nil
    }

    /// Matches from an instruction to its `accept`; returns the position reached.
    private mutating func run(from start: Int, at begin: Int) throws(PatternError) -> Int? {
        let base = trail.count
        var at = start
        var position = begin
        while true {
            steps -= 1
            guard steps > 0 else { throw .tooSlow }
            let next: Int?
            switch program.code[at] {
            case .accept: return position
            case .split(let first, let second):
                trail.append(.branch(instruction: second, position: position))
                next = first
            case .jump(let target): next = target
            case .save(let slot):
                trail.append(.slot(slot, was: slots[slot]))
                slots[slot] = position
                next = at + 1
            case .mark(let register):
                trail.append(.register(register, was: registers[register]))
                registers[register] = position
                next = at + 1
            case .progress(let register, let exit):
                next = position == registers[register] ? exit : at + 1
            case .anchor(let anchor): next = holds(anchor, position) ? at + 1 : nil
            case .look(let isNegated, let end):
                next = try looks(at + 1, position) != isNegated ? end : nil
            case .atomic(let end):
                let mark = trail.count
                if let reached = try run(from: at + 1, at: position) {
                    forgetBranches(since: mark)
                    position = reached
                    next = end
                } else {
                    next = nil
                }
            case .unit, .anyUnit, .set, .backReference:
                let moved = consumed(program.code[at], position)
                position = moved ?? position
                next = moved == nil ? nil : at + 1
            }
            if let next {
                at = next
            } else if let branch = backtrack(to: base) {
                (at, position) = branch
            } else {
                return nil
            }
        }
    }

    /// Takes back what happened since the last branch above `base`.
    private mutating func backtrack(to base: Int) -> (instruction: Int, position: Int)? {
        while trail.count > base, let last = trail.popLast() {
            switch last {
            case .branch(let instruction, let position): return (instruction, position)
            case .slot(let slot, let was): slots[slot] = was
            case .register(let register, let was): registers[register] = was
            }
        }
        return nil
    }

    /// Keeps what must be undone later, gives up what could have been tried instead.
    private mutating func forgetBranches(since mark: Int) {
        let kept = trail[mark...].filter {
            switch $0 {
            case .branch: false
            case .slot, .register: true
            }
        }
        trail.replaceSubrange(mark..., with: kept)
    }

    /// A look-around: captures stay when it holds, nothing of a failed one does.
    private mutating func looks(_ start: Int, _ position: Int) throws(PatternError) -> Bool {
        let mark = trail.count
        guard try run(from: start, at: position) != nil else { return false }
        forgetBranches(since: mark)
        return true
    }

    /// The position after a step that takes text; nil when the text differs.
    private func consumed(_ instruction: PatternInstruction, _ position: Int) -> Int? {
        switch instruction {
        case .unit(let unit, let ignoresCase, let backward):
            return single(position, backward) {
                $0 == unit || ignoresCase && UnitCase.areSame($0, unit)
            }
        case .anyUnit(let takesLineFeed, let backward):
            return single(position, backward) { takesLineFeed || $0 != 10 }
        case .set(let set, let backward):
            return single(position, backward) { set.contains($0) }
        case .backReference(let place, let ignoresCase, let backward):
            return repeated(place, position, ignoresCase, backward)
        case .anchor, .split, .jump, .save, .mark, .progress, .look, .atomic, .accept:
            return nil
        }
    }

    private func single(
        _ position: Int, _ backward: Bool, _ fits: (UInt16) -> Bool
    ) -> Int? {
        let index = backward ? position - 1 : position
        guard units.indices.contains(index), fits(units[index]) else { return nil }
        return backward ? position - 1 : position + 1
    }

    /// The text of a group once more; a group without one never matches.
    private func repeated(
        _ place: Int, _ position: Int, _ ignoresCase: Bool, _ backward: Bool
    ) -> Int? {
        let start = slots[2 * place]
        let end = slots[2 * place + 1]
        guard start >= 0, end >= start else { return nil }
        let length = end - start
        let from = backward ? position - length : position
        guard from >= 0, from + length <= units.count else { return nil }
        for index in 0..<length {
            let left = units[start + index]
            let right = units[from + index]
            guard left == right || ignoresCase && UnitCase.areSame(left, right) else { return nil }
        }
        return backward ? from : from + length
    }

    private func holds(_ anchor: PatternAnchor, _ position: Int) -> Bool {
        switch anchor {
        case .textStart: position == 0
        case .lineStart: position == 0 || units[position - 1] == 10
        case .textEnd: position == units.count
        case .textEndOrFinalLineFeed:
            position == units.count || position == units.count - 1 && units[position] == 10
        case .lineEnd: position == units.count || units[position] == 10
        case .wordBoundary: isWordBoundary(position)
        case .noWordBoundary: !isWordBoundary(position)
        case .searchStart: position == searchStart
        }
    }

    private func isWordBoundary(_ position: Int) -> Bool {
        let before = position > 0 && PatternClass.isWord(units[position - 1])
        let after = position < units.count && PatternClass.isWord(units[position])
        return before != after
    }
}
