import Commerce
import Foundation
import Messaging
import Sagas
import SeededRandom

/// One simulated world: a clock, a broker, a database, two replicas of every service, a provider, operators, and what
/// goes wrong. Everything that happens follows from the seed.
final class SimulatedWorld {
    static let beginning = Date(timeIntervalSince1970: 1_772_619_330)

    let seed: UInt64
    var random: SeededGenerator
    let plan: FaultPlan
    /// Milliseconds since the beginning.
    private(set) var now = 0
    private(set) var agenda = Agenda()
    var broker = Broker()
    var store = Store()
    var provider = Provider()
    var ledger = Ledger()
    var tally = Tally()
    let replicas: [Replica]
    /// Of the newest build.
    var definition = ProgramBuild.first.definition
    var isCareless = false
    /// Replicas of two builds take turns.
    var isRolling = false
    /// Faults are over: what now does not come to rest never will.
    var isCalm = false
    private(set) var violations: [String] = []
    private(set) var trace: [String] = []
    private let isTraced: Bool
    var runEnds: [SagaID: [Int: RunEnd]] = [:]
    /// How often the network has doubled a message.
    var copies: [String: Int] = [:]
    private var lastMessage = 0

    init(seed: UInt64, isTraced: Bool) {
        self.seed = seed
        self.isTraced = isTraced
        random = SeededGenerator(world: seed)
        plan = FaultPlan(&random)
        let ahead = random.pick([0, 0, 500, 20_000])
        replicas = [Message.Queue.coordinator, .local, .provider].enumerated().flatMap { place, service in
            [
                Replica(place * 2, service, clockAhead: 0),
                Replica(place * 2 + 1, service, clockAhead: service == .coordinator ? ahead : 0),
            ]
        }
    }

    // MARK: Time

    /// LIMIT: a world at rest has taken some thousand turns; one that takes more runs in circles.
    private static let turnsMax = 200_000

    func runUntilIdle() {
        var turns = 0
        while let next = agenda.next() {
            now = max(now, next.at)
            next.work()
            turns += 1
            guard turns < Self.turnsMax else { return violate("the world does not come to rest") }
        }
    }

    func run(until end: Int) {
        after(end - now) { [unowned self] in isStopped = true }
        isStopped = false
        while !isStopped, let next = agenda.next() {
            now = max(now, next.at)
            next.work()
        }
    }

    private var isStopped = false

    func after(_ delay: Int, _ work: @escaping () -> Void) {
        agenda.add(at: now + max(0, delay), work)
    }

    /// Work that dies with the process.
    func after(_ delay: Int, on replica: Replica, _ work: @escaping () -> Void) {
        let life = replica.life
        after(delay) { if replica.life == life, replica.isUp { work() } }
    }

    func date(on replica: Replica) -> Date { date(now + replica.clockAhead) }

    func date(_ milliseconds: Int) -> Date {
        Self.beginning + Double(milliseconds) / 1000
    }

    func milliseconds(_ date: Date) -> Int {
        Int((date.timeIntervalSince(Self.beginning) * 1000).rounded(.up))
    }

    // MARK: Chance

    /// Whether a fault strikes now. Counted only where it comes about.
    func strikes(_ fault: Fault) -> Bool {
        !isCalm && random.chance(plan.likelihood(of: fault))
    }

    func count(_ fault: Fault) {
        tally.faults[fault, default: 0] += 1
        note("! \(fault.rawValue)")
    }

    func newID() -> String {
        lastMessage += 1
        return "m\(lastMessage)"
    }

    // MARK: What is told

    func note(_ text: @autoclosure () -> String) {
        guard isTraced else { return }
        let time = String(format: "%9.3f", Double(now) / 1000)
        trace.append("\(time)  \(text())")
    }

    func violate(_ text: String) {
        violations.append(text)
        note("VIOLATION \(text)")
    }
}

/// The builds that are deployed one after the other.
struct ProgramBuild {
    let id: String
    let definition: SagaDefinition

    static let first = ProgramBuild(id: "first", definition: SagaDefinition(ProgramSaga.self))
    static let careless = ProgramBuild(id: "careless", definition: SagaDefinition(CarelessProgramSaga.self))
    static let careful = ProgramBuild(id: "careful", definition: SagaDefinition(CarefulProgramSaga.self))

    // LIMIT: as much shorter than the product's as a world's troubles are than a day's.
    static let otherBuildGrace = Duration.seconds(10)
}
