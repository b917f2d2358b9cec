import Commerce
import Foundation
import Providers
import Synchronization
import Testing

@testable import FulfillmentDispatch

@Suite("Orders handed over together")
struct SubmissionQueueTests {
    /// A warehouse whose first batch takes until it is told to end.
    private final class Warehouse: Sendable {
        private let state = Mutex<[[String]]>([])
        private let gate = AsyncStream.makeStream(of: Void.self)

        var batches: [[String]] { state.withLock { $0 } }

        func finish() { gate.continuation.finish() }

        func submit(_ orders: [DCLOrderDraft]) async -> [DCLOrderNumber: Result<DCLSubmission, ProviderFailure>] {
            let isFirst = state.withLock { batches in
                batches.append(orders.map(\.orderNumber.text))
                return batches.count == 1
            }
            if isFirst { for await _ in gate.stream {} }
            let results = orders.map { order -> (DCLOrderNumber, Result<DCLSubmission, ProviderFailure>) in
                let isBad = order.orderNumber.text.hasPrefix("BAD")
                return (
                    order.orderNumber, isBad ? .failure(.refused(code: "1001", message: "no")) : .success(.accepted)
                )
            }
            return Dictionary(results, uniquingKeysWith: { $1 })
        }
    }

    private func draft(_ number: String) throws -> DCLOrderDraft {
        DCLOrderDraft(
            orderNumber: try #require(DCLOrderNumber(number)), shippingAddress: DCLAddress(attention: "Ana"), lines: [])
    }

    @Test("what comes while a batch is under way goes in the next, at most fifty, and each has its own result")
    func together() async throws {
        let warehouse = Warehouse()
        let queue = SubmissionQueue()
        let numbers = (1...60).map { $0 == 7 ? "BAD\($0)" : "SO\($0)" }
        let refused = try await withThrowingTaskGroup(of: String?.self) { group in
            let first = try draft("FIRST")
            group.addTask {
                _ = try await queue.submit(first) { await warehouse.submit($0) }
                return nil
            }
            while warehouse.batches.isEmpty { await Task.yield() }
            for number in numbers {
                let order = try draft(number)
                group.addTask {
                    do {
                        _ = try await queue.submit(order) { await warehouse.submit($0) }
                        return nil
                    } catch {
                        return number
                    }
                }
            }
            while await queue.waitingCount < 60 { await Task.yield() }
            warehouse.finish()
            return try await group.reduce(into: []) { $0 += [$1].compactMap(\.self) }
        }
        #expect(refused == ["BAD7"])
        #expect(warehouse.batches.map(\.count) == [1, 50, 10])
        #expect(Set(warehouse.batches.joined()) == Set(numbers + ["FIRST"]))
    }

    @Test("one number never stands twice in a batch")
    func distinct() async throws {
        let warehouse = Warehouse()
        let queue = SubmissionQueue()
        try await withThrowingTaskGroup(of: Void.self) { group in
            let order = try draft("SO1")
            for _ in 0..<3 {
                group.addTask { _ = try await queue.submit(order) { await warehouse.submit($0) } }
            }
            while await queue.waitingCount < 2 { await Task.yield() }
            warehouse.finish()
            try await group.waitForAll()
        }
        #expect(warehouse.batches == [["SO1"], ["SO1"], ["SO1"]])
    }
}
