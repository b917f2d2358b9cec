import Commerce
import Contracts
import Foundation
import Messaging
import Postgres
import Support
import Testing

/// Something for each order; an order that is not there is a mistake of the test.
struct PerOrder<Value: Sendable>: Sendable {
    let values: [String: Value]

    subscript(shopID: String) -> Value {
        guard let value = values[shopID] else { preconditionFailure("no such order") }
        return value
    }

    func mapValues<Other>(_ transform: (Value) throws -> Other) rethrows -> PerOrder<Other> {
        PerOrder<Other>(values: try values.mapValues(transform))
    }
}

struct Answered<Reply: Sendable>: Sendable {
    let reply: Reply
}

extension Answered<SalesOrder> {
    var id: String { reply.id }
}

/// Twenty orders side by side, step by step, each write's first answers lost.
struct JourneyRun: Sendable {
    let bench: WriteBench
    let lost: LostAnswer
    let orders: [OrderJourney]

    /// Performs the command of each order; as many of the write's requests as there are orders are struck.
    /// - Parameters:
    ///   - path: where the write goes here, other than usual.
    ///   - other: the write that the command makes here, at another provider than usual.
    @discardableResult
    func step<C: Messaging.Command>(
        losing: Bool = true, to path: String? = nil, as other: ProviderWrite? = nil,
        _ command: @escaping @Sendable (OrderJourney) -> C
    ) async throws -> PerOrder<Answered<C.Reply>> {
        var write = try #require(other ?? ProviderWrite.of(C.name))
        if let path { write.path = path }
        if losing { try await strike(write) }
        let replies = try await withThrowingTaskGroup(of: (String, Answered<C.Reply>).self) { group in
            for order in orders {
                group.addTask {
                    let reply = try await order.perform(command(order), settleTimeIsOver: lost == .tooLate)
                    return (order.shopID, Answered(reply: reply))
                }
            }
            return try await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
        }
        if losing { try await landed(write) }
        return PerOrder(values: replies)
    }

    private func strike(_ write: ProviderWrite) async throws {
        try await bench.simulators.control("DELETE", "/_sim/journal")
        try await bench.simulators.control(
            "POST", "/_sim/faults",
            """
            {"provider":"\(write.provider)","method":"\(write.method)","path":"\(write.path)","mode":"\(lost.mode)",
             "times":\(orders.count),"delay_ms":\(lost.delayMilliseconds(of: write))}
            """)
    }

    /// Waits until every struck request has acted or was refused; nothing is left to strike.
    func landed(_ write: ProviderWrite) async throws {
        let faults = try await bench.simulators.control("GET", "/_sim/faults").data.array
        #expect(faults.allSatisfy { $0.remaining.int == 0 }, "\(write.command): faults that were never met")
        try await bench.simulators.control("DELETE", "/_sim/faults")
        for _ in 0..<3000 {
            // WHY: reads of many drafts or orders are more than a client takes at once.
            let journal = "/_sim/journal?provider=\(write.provider)&method=\(write.method)"
            let struck = try await bench.simulators.control("GET", journal).data.array
                .filter { $0.fault.string == lost.mode }
            if struck.count == orders.count, struck.allSatisfy({ !$0.status.isNull }) { return }
            _ = try await bench.ingest.pool.query("SELECT pg_sleep(0.02)::text")
        }
        Issue.record("\(write.command): lost requests did not land")
    }

    /// The warehouse ships two of the four robes of each order, and tells.
    func ship(_ numbers: PerOrder<String>, _ salesOrders: PerOrder<String>) async throws -> PerOrder<ShipmentID> {
        var packages: [String: ShipmentID] = [:]
        for order in orders {
            let number = numbers[order.shopID]
            let dispatched = OrderDispatched(
                orderID: order.orderID, number: number, salesOrderID: salesOrders[order.shopID])
            _ = try await bench.tracking.deliver(try bench.envelope(OrderDispatched.type, dispatched))
            try await bench.simulators.control(
                "POST", "/_sim/dcl/orders/\(number)/ship",
                #"{"packages":[{"tracking_number":"1Z\#(order.shopID)","carrier":"UPS","lines":[{"sku":"MIE-ROBE-S","quantity":2}]}]}"#
            )
            _ = try await order.perform(ReadWarehouseOrder(number: number))
            packages[order.shopID] = ShipmentID(
                uuid: try await bench.tracking.pool.query(
                    "SELECT id FROM shipments WHERE order_id = \(order.orderID.uuid)",
                    workspace: bench.workspaceID.uuid)[0]("id"))
        }
        return PerOrder(values: packages)
    }
}
