import SeededRandom

/// The operations of a saga, drawn from its number.
struct Program: Sendable {
    let operations: [Operation]

    init(_ input: ProgramInput) {
        var author = ProgramAuthor(input)
        operations = author.write()
    }
}

/// Writes programs: long enough that most sagas take eight steps or more, each operation as likely as it must be to
/// meet every other.
private struct ProgramAuthor {
    private var random: SeededGenerator
    private let input: ProgramInput

    init(_ input: ProgramInput) {
        self.input = input
        random = SeededGenerator(world: input.seed &+ UInt64(input.generation) &* 7919)
    }

    private var isRoot: Bool { input.role == .root }

    mutating func write() -> [Operation] {
        let length = isRoot ? random.int(7...12) : random.int(4...7)
        // A third has no pivot, a third one that comes late, a third one in the middle.
        let pivot = random.pick([nil, length - 2, length / 2])
        var operations: [Operation] = []
        for place in 0..<length {
            if place == pivot { operations.append(.pivot) }
            operations.append(topLevel())
        }
        if random.chance(60) { operations.append(.refuse) }
        if isRoot, input.generation < 2, random.chance(150) {
            operations.append(.continueAsNew(.init(seed: random.next(), role: .root, generation: input.generation + 1)))
        }
        return operations
    }

    private mutating func topLevel() -> Operation {
        random.chance(isRoot ? 70 : 0) ? child() : operation(depth: 0)
    }

    private mutating func operation(depth: Int) -> Operation {
        let nests = depth < 2 ? 1 : 0
        switch random.weighted([
            (34, 0), (12, 1), (10, 2), (6, 3), (3, 4), (10 * nests, 5), (10 * nests, 6), (4, 7), (5, 8), (3, 9),
        ]) {
        case 0: return .perform(act())
        case 1: return .attempt(act(), within: random.chance(700) ? random.int(2...40) : nil)
        case 2: return wait()
        case 3: return .sleep(seconds: random.int(1...90))
        case 4: return .sleepUntil(seconds: random.int(0...200))
        case 5: return .all(branches(2...3, depth, empty: 50))
        case 6: return .race(branches(2...3, depth, empty: 40))
        case 7: return .uuid
        case 8: return .publish(random.int(100))
        default: return .status(random.int(3))
        }
    }

    private mutating func branches(_ count: ClosedRange<Int>, _ depth: Int, empty: Int) -> [[Operation]] {
        (0..<random.int(count)).map { _ in
            guard !random.chance(empty) else { return [] }
            var branch: [Operation] = []
            for _ in 0..<random.int(1...3) { branch.append(operation(depth: depth + 1)) }
            if random.chance(20) { branch.append(.refuse) }
            return branch
        }
    }

    private mutating func act() -> Act {
        Act(target: random.pick(Act.Target.allCases), isUndone: random.chance(750))
    }

    private mutating func wait() -> Operation {
        let limit = random.chance(850) ? random.int(5...120) : nil
        return .wait(random.pick(EventKind.allCases), minimum: random.pick([0, 0, 3]), upTo: limit)
    }

    /// Half of the children are shared: several sagas ask for the same key.
    private mutating func child() -> Operation {
        let isShared = random.chance(500)
        let seed = isShared ? input.seed % 3 &+ 1 : random.next()
        let key = isShared ? "shared-\(seed)" : "child-\(seed % 100_000)"
        return .child(.init(seed: seed, role: .child, generation: 0), key: key, isUndone: random.chance(600))
    }
}
