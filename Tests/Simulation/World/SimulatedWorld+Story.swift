import Commerce
import Messaging
import Sagas
import SeededRandom

/// What happens in a world, apart from faults: sagas are started, events come, operators meddle, builds are deployed.
extension SimulatedWorld {
    // The time in which things go wrong, in milliseconds.
    private static let troubledTime = 240_000
    private static let roundsMax = 16

    func live() {
        startSagas()
        meddle()
        deploy()
        run(until: Self.troubledTime)
        isCalm = true
        note("the faults are over")
        runUntilIdle()
        comeToRest()
        checkEverything()
    }

    private func startSagas() {
        for number in 1...random.int(1...3) {
            let key = "saga-\(number)"
            let input = ProgramInput(seed: random.next() % 1_000_000_007, role: .root, generation: 0)
            // Some are started twice: a webhook and a poller found the same order.
            for _ in 0..<(random.chance(200) ? 2 : 1) {
                after(random.int(20_000)) { [unowned self] in start(key, input) }
            }
            for _ in 0..<random.int(5) {
                after(random.int(150_000)) { [unowned self] in sendEvent(for: key) }
            }
        }
    }

    private func start(_ key: String, _ input: ProgramInput) {
        for (path, operation) in Program(input).operations.enumerated() { note("\(key) \(path): \(operation)") }
        guard let input = try? RawJSON(encoding: input) else { return }
        publish([Message(id: newID(), queue: .coordinator, body: .start(.init(key: key, input: input)))])
    }

    private func meddle() {
        for _ in 0..<random.pick([0, 1, 3, 6]) {
            after(random.int(5000...Self.troubledTime)) { [unowned self] in operateAtRandom() }
        }
        for _ in 0..<random.int(3) {
            after(random.int(20_000...Self.troubledTime)) { [unowned self] in requeueDeadLetters() }
        }
    }

    private func deploy() {
        if random.chance(180) {
            let at = random.int(10_000...120_000)
            after(at) { [unowned self] in
                count(.carelessDeploy)
                isCareless = true
                deploy(.careless)
            }
            after(at + random.int(5000...60_000)) { [unowned self] in
                isCareless = false
                deploy(.first)
            }
        } else if random.chance(150) {
            after(random.int(10_000...150_000)) { [unowned self] in deploy(.careful) }
        } else if random.chance(200) {
            after(random.int(25_000)) { [unowned self] in roll(.careful) }
        }
    }

    private var coordinators: [Replica] { replicas.filter { $0.service == .coordinator } }

    /// Every replica is replaced at once: what the old ones remember goes with them.
    private func deploy(_ build: ProgramBuild) {
        definition = build.definition
        for replica in coordinators { replace(replica, by: build) }
    }

    /// One replica after the other: meanwhile both builds take what comes, also for sagas of the other.
    private func roll(_ build: ProgramBuild) {
        count(.rollingDeploy)
        definition = build.definition
        isRolling = true
        for (place, replica) in coordinators.enumerated() {
            after(place * random.int(15_000...60_000)) { [unowned self] in
                replace(replica, by: build)
                isRolling = coordinators.contains { $0.build.id != build.id }
            }
        }
    }

    private func replace(_ replica: Replica, by build: ProgramBuild) {
        note("\(replica) gets the build '\(build.id)'")
        replica.build = build
        if replica.isUp { crash(replica) }
    }

    // MARK: Rest

    /// Operators help what cannot help itself, until there is nothing left to help.
    private func comeToRest() {
        let sendsEvents = random.chance(700)
        var retries: [SagaID: Int] = [:]
        for _ in 0..<Self.roundsMax {
            var hasHelped = false
            for id in store.sagas.keys.sorted() where help(id, sendsEvents, &retries) { hasHelped = true }
            guard hasHelped else { return }
            requeueDeadLetters()
            runUntilIdle()
        }
        note("operators give up")
    }

    private func help(_ id: SagaID, _ sendsEvents: Bool, _ retries: inout [SagaID: Int]) -> Bool {
        guard let saga = store.sagas[id]?.saga else { return false }
        switch saga.status {
        case .paused: operate(id, .resume)
        case .stuck, .diverged:
            // What a retry does not help in a few rounds it never will.
            guard retries[id, default: 0] < 4 else { return false }
            retries[id, default: 0] += 1
            operate(id, .retry)
        case .waiting:
            guard sendsEvents, retries[id, default: 0] < 8 else { return false }
            retries[id, default: 0] += 1
            sendEvent(for: saga.key)
            sendEvent(for: saga.key)
        case .running, .compensating, .completed, .compensated, .cancelled, .terminated, .failed: return false
        }
        return true
    }
}
