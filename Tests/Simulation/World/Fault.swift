import SeededRandom

/// What goes wrong in a simulated world.
public enum Fault: String, Sendable, CaseIterable {
    case crashBeforeCommit = "crash before commit"
    case crashBeforePublish = "crash after commit, before publish"
    case crashBeforeAck = "crash after publish, before ack"
    case crashBeforeSettle = "crash after the provider acted, before settle"
    case crashWhileFiringTimers = "crash while firing timers"
    case duplicate = "message duplicated"
    case reorder = "messages reordered"
    case delay = "message delayed"
    case confirmLost = "confirm lost, published again"
    case lateReply = "reply after its step was closed"
    case twoCoordinators = "saga changed by the other coordinator meanwhile"
    case timerTwice = "timer fired twice"
    case clockAhead = "timer fired by a clock that is ahead"
    case deadLetter = "dead letter"
    case requeue = "dead letter requeued"
    case dropBefore = "provider call lost before it acted"
    case dropAfter = "provider's answer lost after it acted"
    case applyLater = "provider acted after its answer was given up on"
    case transient = "provider failed for now"
    case refusal = "command refused"
    case undoRefusal = "undo refused"
    case leaseLost = "lease lost during a provider call"
    case carelessDeploy = "careless deploy"
    case rollingDeploy = "rolling deploy"
    case foreignHistory = "message put off, its saga is another build's"
}

/// How likely each fault is in one world: most happen, some often, some never, as the seed says.
struct FaultPlan {
    private let factors: [Fault: Int]

    init(_ random: inout SeededGenerator) {
        var factors: [Fault: Int] = [:]
        for fault in Fault.allCases { factors[fault] = random.pick([0, 1, 1, 2, 4]) }
        self.factors = factors
    }

    /// In a thousand occasions.
    func likelihood(of fault: Fault) -> Int {
        (factors[fault] ?? 0) * base(fault)
    }

    private func base(_ fault: Fault) -> Int {
        switch fault {
        case .crashBeforeCommit, .crashBeforePublish, .crashBeforeAck: 6
        case .crashBeforeSettle: 25
        case .crashWhileFiringTimers: 25
        case .duplicate, .confirmLost, .reorder: 20
        case .delay: 10
        case .timerTwice: 60
        case .deadLetter: 12
        case .dropBefore, .dropAfter, .applyLater, .transient: 35
        case .leaseLost: 20
        case .refusal: 10
        case .undoRefusal: 40
        case .lateReply, .twoCoordinators, .clockAhead, .requeue, .carelessDeploy, .rollingDeploy,
            .foreignHistory:
            0
        }
    }
}
