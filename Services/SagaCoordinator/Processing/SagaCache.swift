import Commerce
import Messaging
import Sagas
import Synchronization

/// Sagas as this process last committed them, so that a busy one is not read again for every reply.
///
/// Never the truth: a saga is taken only under the lock of its row and only if its version is still the row's. Bounded;
/// what sleeps falls out and costs rows alone.
final class SagaCache: Sendable {
    private struct Contents {
        var machines: [SagaID: SagaMachine] = [:]
        /// In the order in which they came; ids may be there more than once.
        var order: [SagaID] = []
    }

    private let capacity: Int
    private let contents = Mutex(Contents())

    // LIMIT: a few kilobytes each; more than the sagas that get replies within the same second.
    init(capacity: Int = 1000) {
        self.capacity = capacity
    }

    /// Removes and returns a saga if it is of that version.
    func take(_ id: SagaID, version: Int) -> SagaMachine? {
        contents.withLock { contents in
            guard let machine = contents.machines.removeValue(forKey: id), machine.saga.version == version else {
                return nil
            }
            return machine
        }
    }

    /// Keeps sagas that were just committed.
    func put(_ machines: [SagaMachine]) {
        contents.withLock { contents in
            for machine in machines where !machine.saga.status.isTerminal {
                contents.machines[machine.saga.id] = machine
                contents.order.append(machine.saga.id)
            }
            guard contents.order.count > capacity * 2 else { return }
            let old = contents.order.prefix(contents.order.count - capacity)
            let recent = Set(contents.order.suffix(capacity))
            for id in old where !recent.contains(id) { contents.machines[id] = nil }
            contents.order.removeFirst(old.count)
        }
    }
}
