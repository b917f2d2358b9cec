import Commerce
import Foundation
import Messaging
import Providers
import Synchronization

/// Stores accepted webhooks, those that wait at the same time in one transaction.
///
/// *Guarantees*: ``store(_:in:)`` returns after the commit of receipt, payload and outgoing message. What spoils a batch
/// spoils only itself: the batch is then stored one by one.
/// *Failure*: throws when it cannot commit, or when too many wait already; the sender should come again.
final class ReceiptWriter: Sendable {
    typealias Store = @Sendable ([ReceivedStore.Accepted], WorkspaceID) async throws -> [ReceivedID]

    private enum Turn: Sendable {
        case lead
        case stored(ReceivedID)
    }

    private typealias Waiter = CheckedContinuation<Turn, any Error>
    private typealias Queue = ReceiptQueue<ReceivedStore.Accepted, Waiter>

    private let queue = Mutex(Queue())
    private let storeBatch: Store

    /// - Parameter store: stores all in one transaction and returns who holds each delivery, in order.
    init(store: @escaping Store) {
        storeBatch = store
    }

    /// How many wait to be stored.
    var waiting: Int { queue.withLock(\.count) }

    /// - Returns: the id of the receipt that holds the delivery: the given one, unless it is a duplicate.
    func store(_ accepted: ReceivedStore.Accepted, in workspaceID: WorkspaceID) async throws -> ReceivedID {
        let id = Mutex<UInt64>(0)
        let turn = try await withCheckedThrowingContinuation { (waiter: Waiter) in
            let arrival = queue.withLock { queue in
                let (number, arrival) = queue.arrive(
                    accepted, key: "\(accepted.provider)|\(accepted.webhook.dedupeKey)", bytes: accepted.body.count,
                    in: workspaceID, waiter)
                id.withLock { $0 = number }
                return arrival
            }
            switch arrival {
            case .waits: break
            case .leads(let waiter): waiter.resume(returning: .lead)
            case .refused(let waiter): waiter.resume(throwing: TooManyWaiting())
            }
        }
        switch turn {
        case .stored(let holder): return holder
        case .lead: return try await lead(id.withLock { $0 })
        }
    }

    /// Stores one batch, tells those who waited for it, and lets the next lead.
    private func lead(_ id: UInt64) async throws -> ReceivedID {
        let batch = queue.withLock { $0.batch(ledBy: id) }
        defer { queue.withLock { $0.finished() }?.resume(returning: .lead) }
        let results = await results(batch)
        for (entry, result) in zip(batch, results).dropFirst() {
            entry.waiter?.resume(with: result.map { .stored($0) })
        }
        return try results[0].get()
    }

    private func results(_ batch: [Queue.Entry]) async -> [Result<ReceivedID, any Error>] {
        do {
            let holders = try await storeBatch(batch.map(\.receipt), batch[0].workspaceID)
            return holders.map { .success($0) }
        } catch  where batch.count == 1 || error.isTemporary {
            return batch.map { _ in .failure(error) }
        } catch {
            var results: [Result<ReceivedID, any Error>] = []
            for entry in batch { results.append(await alone(entry)) }
            return results
        }
    }

    private func alone(_ entry: Queue.Entry) async -> Result<ReceivedID, any Error> {
        do {
            return .success(try await storeBatch([entry.receipt], entry.workspaceID)[0])
        } catch {
            return .failure(error)
        }
    }
}

/// More webhooks wait to be stored than fit in memory.
struct TooManyWaiting: Error {}
