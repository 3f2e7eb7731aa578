/// One step of the matching machine. `backward` steps read the unit before the position: inside a
/// look-behind a pattern is matched from its end, as .NET does.
enum PatternInstruction: Sendable {
    case unit(UInt16, ignoresCase: Bool, backward: Bool)
    case anyUnit(takesLineFeed: Bool, backward: Bool)
    case set(PatternClass, backward: Bool)
    case anchor(PatternAnchor)
    /// Goes on at the first place and comes back to the second.
    case split(Int, Int)
    case jump(Int)
    case save(slot: Int)
    /// Notes the position before a turn of a loop.
    case mark(register: Int)
    /// Leaves a loop whose last turn took nothing.
    case progress(register: Int, exit: Int)
    case backReference(place: Int, ignoresCase: Bool, backward: Bool)
    /// The body follows and ends with `accept`; `end` is the instruction after it.
    case look(isNegated: Bool, end: Int)
    case atomic(end: Int)
    case accept
}

/// A compiled pattern.
struct PatternProgram: Sendable {
    let code: [PatternInstruction]
    let groupCount: Int
    let registerCount: Int
    /// Places of named groups.
    let names: [String: Int]
    /// Places by .NET's numbers: unnamed groups first, then the named ones.
    let numbers: [Int: Int]
}

struct PatternCompiler {
    /// Instructions of one pattern; counted loops are written out.
    static let sizeLimit = 20_000

    private var code: [PatternInstruction] = []
    private var registers = 0
    private let names: [String: Int]
    private let numbers: [Int: Int]
    private let groupCount: Int

    private init(_ groups: [String?]) {
        var names: [String: Int] = [:]
        var numbers = [0: 0]
        var number = 0
        for (index, name) in groups.enumerated() {
            if let name {
                names[name] = index + 1
            } else {
                number += 1
                numbers[number] = index + 1
            }
        }
        for (index, name) in groups.enumerated() where name != nil {
            number += 1
            numbers[number] = index + 1
        }
        self.names = names
        self.numbers = numbers
        groupCount = groups.count
    }

    static func program(_ parsed: ParsedPattern) throws(PatternError) -> PatternProgram {
        var compiler = PatternCompiler(parsed.groups)
        try compiler.emit(.save(slot: 0))
        try compiler.compile(parsed.root, backward: false)
        try compiler.emit(.save(slot: 1))
        try compiler.emit(.accept)
        return PatternProgram(
            code: compiler.code, groupCount: compiler.groupCount,
            registerCount: compiler.registers, names: compiler.names, numbers: compiler.numbers)
    }

    private mutating func emit(_ instruction: PatternInstruction) throws(PatternError) {
        guard code.count < Self.sizeLimit else { throw .tooLarge }
        code.append(instruction)
    }

    private mutating func compile(
        _ node: PatternNode, backward: Bool
    ) throws(PatternError) {
        switch node {
        case .empty: break
        case .unit(let unit, let ignoresCase):
            try emit(.unit(unit, ignoresCase: ignoresCase, backward: backward))
        case .anyUnit(let takesLineFeed):
            try emit(.anyUnit(takesLineFeed: takesLineFeed, backward: backward))
        case .set(let set): try emit(.set(set, backward: backward))
        case .sequence(let parts):
            for part in backward ? parts.reversed() : parts {
                try compile(part, backward: backward)
            }
        case .alternatives(let branches): try compile(branches, backward: backward)
        case .group(let body, let place):
            try emit(.save(slot: 2 * place + (backward ? 1 : 0)))
            try compile(body, backward: backward)
            try emit(.save(slot: 2 * place + (backward ? 0 : 1)))
        case .atomic(let body):
            try enclosed(body, backward: backward) { .atomic(end: $0) }
        case .look(let body, let isAhead, let isNegated):
            try enclosed(body, backward: !isAhead) { .look(isNegated: isNegated, end: $0) }
        case .loop(let body, let loop): try compile(body, loop, backward: backward)
        case .anchor(let anchor): try emit(.anchor(anchor))
        case .backReference(let name, let ignoresCase, let offset):
            guard let place = names[name] ?? Int(name).flatMap({ numbers[$0] }) else {
                throw .invalid("there is no group '\(name)'", offset: offset)
            }
            try emit(
                .backReference(place: place, ignoresCase: ignoresCase, backward: backward))
        }
    }

    private mutating func enclosed(
        _ body: PatternNode, backward: Bool, _ instruction: (Int) -> PatternInstruction
    ) throws(PatternError) {
        let start = code.count
        try emit(.accept)
        try compile(body, backward: backward)
        try emit(.accept)
        code[start] = instruction(code.count)
    }

    private mutating func compile(
        _ branches: [PatternNode], backward: Bool
    ) throws(PatternError) {
        var ends: [Int] = []
        for (index, branch) in branches.enumerated() {
            guard index < branches.count - 1 else {
                try compile(branch, backward: backward)
                break
            }
            let split = code.count
            try emit(.accept)
            try compile(branch, backward: backward)
            ends.append(code.count)
            try emit(.accept)
            code[split] = .split(split + 1, code.count)
        }
        for end in ends { code[end] = .jump(code.count) }
    }

    private mutating func compile(
        _ body: PatternNode, _ loop: PatternLoop, backward: Bool
    ) throws(PatternError) {
        for _ in 0..<loop.least { try compile(body, backward: backward) }
        guard let most = loop.most else {
            let register = registers
            registers += 1
            let split = code.count
            try emit(.accept)
            try emit(.mark(register: register))
            try compile(body, backward: backward)
            let exit = code.count + 2
            try emit(.progress(register: register, exit: exit))
            try emit(.jump(split))
            code[split] = Self.split(into: split + 1, past: exit, isLazy: loop.isLazy)
            return
        }
        var splits: [Int] = []
        for _ in loop.least..<most {
            splits.append(code.count)
            try emit(.accept)
            try compile(body, backward: backward)
        }
        for split in splits {
            code[split] = Self.split(into: split + 1, past: code.count, isLazy: loop.isLazy)
        }
    }

    private static func split(into: Int, past: Int, isLazy: Bool) -> PatternInstruction {
        isLazy ? .split(past, into) : .split(into, past)
    }
}
