import SeededRandom
import Support

/// Kills by the clock of the work itself: after every so many steps of the sagas a random process, and at set marks
/// the broker and the database.
struct Chaos {
    let stack: RunningStack
    let seed: UInt64
    private let instances: [String]
    private var generator: SeededGenerator
    private var nextKill: Int
    private(set) var pendingRestarts: [(mark: Int, server: String)]
    private(set) var kills: [String: Int] = [:]

    private let stepsPerKill: Int

    /// Every service, and RabbitMQ and Postgres twice.
    /// - Parameter steps: how many steps the sagas will take in all, roughly.
    init(_ stack: RunningStack, seed: UInt64, steps: Int) throws {
        let marks = [("rabbitmq", 3), ("postgres", 4), ("rabbitmq", 6), ("postgres", 7)]
        // LIMIT: a service is back a second or two after its death; at the pace of the sagas this leaves some alive.
        try self.init(
            stack, seed: seed, stepsPerKill: 30, restarts: marks.map { (mark: steps * $0.1 / 10, server: $0.0) }
        ) {
            $0 != "provider-simulators"
        }
    }

    /// - Parameter isVictim: says of a service, whichever of its replicas, whether it is killed.
    init(
        _ stack: RunningStack, seed: UInt64, stepsPerKill: Int, restarts: [(mark: Int, server: String)] = [],
        _ isVictim: (String) -> Bool
    ) throws {
        self.stack = stack
        self.seed = seed
        self.stepsPerKill = stepsPerKill
        instances = try stack.serviceInstances().filter { isVictim(String($0.prefix { $0 != "@" })) }
        generator = SeededGenerator(seed: seed)
        nextKill = stepsPerKill
        pendingRestarts = restarts
    }

    mutating func advance(to steps: Int) throws {
        if let next = pendingRestarts.first, steps >= next.mark {
            pendingRestarts.removeFirst()
            try kill(next.server)
        }
        while steps >= nextKill {
            nextKill += stepsPerKill
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
