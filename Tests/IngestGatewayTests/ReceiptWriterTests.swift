import Commerce
import Foundation
import Synchronization
import Testing

@testable import IngestGateway
@testable import Postgres
@testable import Providers

@Suite("Storing webhooks together")
struct ReceiptWriterTests {
    private static let workspace = WorkspaceID()

    @Test("what came while others were stored is stored in one transaction")
    func together() async throws {
        let batches = try await Self.store(["a", "b", "c", "d", "e"]) { _ in }.batches
        #expect(batches.map(\.count).sorted() == [1, 1, 3])
    }

    @Test("what spoils a batch spoils only itself")
    func spoiled() async throws {
        let outcome = try await Self.store(["a", "b", "c", "bad", "e"]) { batch in
            if batch.contains("bad") { throw Spoiled() }
        }
        #expect(outcome.failed == ["bad"])
        // Its batch once together, then each of the three by itself.
        #expect(outcome.batches.map(\.count).sorted() == [1, 1, 1, 1, 1, 3])
    }

    @Test("while the database is away all are told so at once, and nothing is tried one by one")
    func away() async throws {
        let outcome = try await Self.store(["a", "b", "c", "d", "e"]) { batch in
            if batch.count > 1 { throw PostgresError(.connectionLost, "gone", retryability: .retry) }
        }
        #expect(outcome.failed == ["c", "d", "e"])
        #expect(outcome.batches.count == 3)
    }

    private struct Spoiled: Error {}

    private struct Outcome: Sendable {
        var batches: [[String]]
        var failed: Set<String>
    }

    /// The first two lead and are held until the others wait; then one of them is let go, and leads on to the others.
    private static func store(
        _ names: [String], _ check: @escaping @Sendable ([String]) throws -> Void
    ) async throws -> Outcome {
        let batches = Mutex<[[String]]>([])
        let gates = [Gate(), Gate()]
        let writer = ReceiptWriter { batch, _ in
            let names = batch.compactMap(\.webhook.deliveryID)
            let number = batches.withLock { batches in
                batches.append(names)
                return batches.count
            }
            if number <= gates.count { await gates[number - 1].passed() }
            try check(names)
            return batch.map(\.id)
        }
        let failed = await withTaskGroup(of: String?.self) { group in
            for name in names.prefix(2) { group.addTask { await store(name, writer) } }
            while batches.withLock(\.count) < 2 { await Task.yield() }
            for name in names.dropFirst(2) { group.addTask { await store(name, writer) } }
            while writer.waiting < names.count - 2 { await Task.yield() }
            gates[0].open()
            var failed: Set<String> = []
            for finished in 1...names.count {
                if let name = await group.next() ?? nil { failed.insert(name) }
                if finished == names.count - 1 { gates[1].open() }
            }
            return failed
        }
        return Outcome(batches: batches.withLock { $0 }, failed: failed)
    }

    /// - Returns: its name when it was not stored under its own id.
    private static func store(_ name: String, _ writer: ReceiptWriter) async -> String? {
        let accepted = ReceivedStore.Accepted(
            id: ReceivedID(), provider: "shopify",
            webhook: AcceptedWebhook(
                topic: "orders/paid", deliveryID: name, eventID: nil, triggeredAt: nil, body: Array("{}".utf8)),
            headers: [:], body: Array("{}".utf8))
        do {
            return try await writer.store(accepted, in: workspace) == accepted.id ? nil : name
        } catch {
            return name
        }
    }

    private final class Gate: Sendable {
        private let state = Mutex<(isOpen: Bool, waiters: [CheckedContinuation<Void, Never>])>((false, []))

        func passed() async {
            await withCheckedContinuation { waiter in
                let passes = state.withLock { state in
                    if !state.isOpen { state.waiters.append(waiter) }
                    return state.isOpen
                }
                if passes { waiter.resume() }
            }
        }

        func open() {
            let waiters = state.withLock { state in
                defer { state = (true, []) }
                return state.waiters
            }
            for waiter in waiters { waiter.resume() }
        }
    }
}
