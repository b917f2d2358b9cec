import Support

/// Kills by the clock of the work itself: after every so many steps of the sagas a random process, and at set marks
/// the broker and the database.
struct Chaos {
    let stack: RunningStack
    let seed: UInt64
    private let instances: [String]
    private var generator: SplitMix
    private var nextKill: Int
    private(set) var pendingRestarts: [(mark: Int, server: String)]
    private(set) var kills: [String: Int] = [:]

    /// LIMIT: a service is back a second or two after its death; at the pace of the sagas this leaves some alive.
    private static let stepsPerKill = 30

    /// - Parameter steps: how many steps the sagas will take in all, roughly.
    init(_ stack: RunningStack, seed: UInt64, steps: Int) throws {
        self.stack = stack
        self.seed = seed
        instances = try stack.serviceInstances().filter { $0 != "provider-simulators" }
        generator = SplitMix(state: seed)
        nextKill = Self.stepsPerKill
        let marks = [("rabbitmq", 3), ("postgres", 4), ("rabbitmq", 6), ("postgres", 7)]
        pendingRestarts = marks.map { (mark: steps * $0.1 / 10, server: $0.0) }
    }

    mutating func advance(to steps: Int) throws {
        if let next = pendingRestarts.first, steps >= next.mark {
            pendingRestarts.removeFirst()
            try kill(next.server)
        }
        while steps >= nextKill {
            nextKill += Self.stepsPerKill
            guard let victim = instances.randomElement(using: &generator) else { return }
            try kill(victim)
        }
    }

    private mutating func kill(_ component: String) throws {
        try stack.kill(component)
        kills[component, default: 0] += 1
    }

    var summary: String {
        "seed \(seed): " + kills.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: ", ")
    }
}

/// A small seeded generator: the same seed kills in the same order.
struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }
}
