import Commerce
import Foundation
import Sagas

/// One process of a service.
final class Replica {
    let number: Int
    let service: Message.Queue
    /// Milliseconds by which its clock is ahead of the others'.
    let clockAhead: Int
    var isUp = true
    /// Counts its lives: what an earlier one began is not continued.
    var life = 0
    var cache = MachineCache()
    var build = ProgramBuild.first

    init(_ number: Int, _ service: Message.Queue, clockAhead: Int) {
        self.number = number
        self.service = service
        self.clockAhead = clockAhead
    }
}

extension Replica: CustomStringConvertible {
    var description: String { "\(service.rawValue)-\(number)" }
}

/// Sagas as a coordinator last committed them, taken only under their row's lock and in their row's version.
struct MachineCache {
    private var machines: [SagaID: SagaMachine] = [:]
    private var order: [SagaID] = []
    // LIMIT: so few that sagas fall out and are read again.
    private static let capacity = 3

    mutating func take(_ id: SagaID, version: Int, at now: Date) -> (machine: SagaMachine?, isOutdated: Bool) {
        guard let machine = machines.removeValue(forKey: id) else { return (nil, false) }
        guard machine.saga.version == version else { return (nil, true) }
        return (machine.reopened(at: now), false)
    }

    mutating func put(_ committed: [SagaMachine]) {
        for machine in committed where !machine.saga.status.isTerminal {
            machines[machine.saga.id] = machine
            order.removeAll { $0 == machine.saga.id }
            order.append(machine.saga.id)
        }
        while order.count > Self.capacity { machines[order.removeFirst()] = nil }
    }
}
