import Commerce
import Contracts
import Foundation
import Messaging
import Support
import Testing

@testable import Tracking

@Suite("Writing down what the warehouse says", .enabled(if: TestBench.isThere))
struct WarehouseUpdateTests {
    private let orderID = OrderID()
    private let robe = WarehousePackage(
        key: "c1", trackingNumber: "1Z1", carrier: "UPS", lines: [SKUQuantity(sku: "MIE-ROBE-S", quantity: 1)])
    private let slip = WarehousePackage(
        key: "c2", trackingNumber: "1Z2", carrier: "UPS", lines: [SKUQuantity(sku: "MIE-SLIP-S", quantity: 2)])

    private func open(_ bench: TestBench) async throws {
        let event = OrderDispatched(orderID: orderID, number: "SO1", salesOrderID: "98431")
        try await _ = bench.handle { try await OpenWarehouseOrder().handle(event, in: $0) }
    }

    private func read(
        _ bench: TestBench, _ phase: WarehouseReading.Phase, _ packages: WarehousePackage...
    ) async throws -> [Envelope] {
        let reading = WarehouseReading(number: "SO1", phase: phase, description: "words", packages: packages)
        return try await bench.handle { try await WarehouseUpdate($0).apply([reading]) }.sent
    }

    private func notify(_ bench: TestBench, _ payload: String) async throws -> [Envelope] {
        let attributes = Envelope.Attributes(
            id: UUIDv7.make().uuidString, type: "webhook.dcl.delivered", source: "manual",
            workspaceid: bench.workspaceID)
        let envelope = try Envelope(
            attributes, data: RawJSON(text: #"{"provider":"dcl","topic":"delivered","payload":\#(payload)}"#))
        return try await bench.handle { try await ReceiveWarehouseNotification().handle(envelope, in: $0) }.sent
    }

    private let delivered =
        #"{"event":"delivered","order_number":"SO1","tracking_number":"1Z1","occurred_at":"2026-03-06T10:00:00Z"}"#

    @Test("packages are published as they leave, the close last, and nothing twice")
    func progress() async throws {
        try await TestBench.run { bench in
            try await open(bench)
            #expect(try await read(bench, .open, robe).types == ["shipment.shipped", "StartTracking"])
            #expect(try await read(bench, .open, robe).isEmpty)
            let sent = try await read(bench, .shipped, robe, slip)
            #expect(sent.types == ["shipment.shipped", "StartTracking", "dispatch.closed"])
            let closed: DispatchClosed = try #require(sent.first { $0.attributes.type == DispatchClosed.type }).data()
            #expect(closed.packages == 2)
            #expect(closed.outcome == .complete)
            #expect(try await read(bench, .shipped, robe, slip).isEmpty)
        }
    }

    @Test("two readings of the same at once publish each package once")
    func simultaneous() async throws {
        try await TestBench.run { bench in
            try await open(bench)
            let sent = try await withThrowingTaskGroup(of: [String].self) { group in
                for _ in 0..<6 { group.addTask { try await read(bench, .shipped, robe, slip).types } }
                return try await group.reduce(into: []) { $0 += $1 }
            }
            #expect(
                sent.sorted() == [
                    "StartTracking", "StartTracking", "dispatch.closed", "shipment.shipped", "shipment.shipped",
                ])
        }
    }

    @Test("a delivery counts once")
    func delivery() async throws {
        try await TestBench.run { bench in
            try await open(bench)
            _ = try await read(bench, .shipped, robe)
            #expect(try await notify(bench, delivered).types == ["shipment.delivered"])
            #expect(try await notify(bench, delivered).isEmpty)
        }
    }

    @Test("a delivery that comes before its package is kept, has the order read, and counts then")
    func earlyDelivery() async throws {
        try await TestBench.run { bench in
            try await open(bench)
            #expect(try await notify(bench, delivered).types == ["ReadWarehouseOrder"])
            #expect(
                try await read(bench, .open, robe, slip).types == [
                    "shipment.shipped", "StartTracking", "shipment.shipped", "StartTracking", "shipment.delivered",
                ])
            #expect(try await read(bench, .open, robe, slip).isEmpty)
        }
    }

    @Test("a hint about anything else has the order read")
    func hint() async throws {
        try await TestBench.run { bench in
            let sent = try await notify(bench, #"{"event":"shipped","order_number":"SO1"}"#)
            #expect(sent.types == ["ReadWarehouseOrder"])
        }
    }

    @Test("an order that was taken back is not asked about, also when the news of its opening come later")
    func takenBack() async throws {
        try await TestBench.run { bench in
            let cancelled = DispatchCancelled(orderID: orderID, number: "SO1")
            try await _ = bench.handle { try await CloseWarehouseOrder().handle(cancelled, in: $0) }
            try await open(bench)
            let numbers = try await bench.handle { try await WarehouseOrderStore($0).openNumbers(limit: 10) }.result
            #expect(numbers.isEmpty)
        }
    }

    @Test("a package is followed once its number is known, also where that comes later")
    func followed() async throws {
        try await TestBench.run { bench in
            try await open(bench)
            var unnumbered = robe
            unnumbered.trackingNumber = nil
            #expect(try await read(bench, .open, unnumbered).types == ["shipment.shipped"])
            let sent = try await read(bench, .open, robe)
            #expect(sent.types == ["StartTracking"])
            let command: StartTracking = try #require(sent.first).data()
            let handler = StartTrackingHandler(accounts: .none, logger: LogLines().logger)
            let plan = try await bench.handle { try await handler.plan(command, in: $0) }.result
            guard case .effect(let key, let request) = plan else {
                Issue.record("expected an effect")
                return
            }
            #expect(key == "tracking.start:\(command.shipmentID):1Z1")
            #expect(request.carrier == "UPS" && request.trackingNumber == "1Z1")
            #expect(try await notify(bench, delivered).types == ["shipment.delivered"])
            // A call that was under way as the parcel arrived still ends.
            let later = try await bench.handle { try await handler.plan(command, in: $0) }.result
            guard case .effect(key, _) = later else {
                Issue.record("a call under way is forgotten")
                return
            }
        }
    }

    @Test("with no order open the warehouse is not asked")
    func idle() async throws {
        try await TestBench.run { bench in
            let plan = try await bench.handle {
                try await PollWarehouseHandler(accounts: .none).plan(PollWarehouse(), in: $0)
            }.result
            guard case .reply = plan else {
                Issue.record("expected a reply")
                return
            }
        }
    }

    @Test("each package has a key of its own at NetSuite")
    func keys() async throws {
        try await TestBench.run { bench in
            try await open(bench)
            let sent = try await read(bench, .shipped, robe, slip).filter { $0.attributes.type == ShipmentShipped.type }
            let shipped: ShipmentShipped = try #require(sent.dropFirst().first).data()
            let command = CreateItemFulfillment(shipmentID: shipped.shipmentID, salesOrderID: "98431")
            let plan = try await bench.handle {
                try await CreateItemFulfillmentHandler(accounts: .none).plan(command, in: $0)
            }.result
            guard case .effect(_, let request) = plan else {
                Issue.record("expected an effect")
                return
            }
            #expect(request.externalID == "dcl-SO1-2")
            #expect(request.content.earlier == robe.lines)
        }
    }
}

extension ProviderAccounts {
    /// For what must not call a provider.
    static let none = ProviderAccounts(
        netSuite: { _ in throw ProviderFailure.refused(code: "unused", message: "No provider is to be called.") },
        shopify: { _ in throw ProviderFailure.refused(code: "unused", message: "No provider is to be called.") },
        dcl: { _ in throw ProviderFailure.refused(code: "unused", message: "No provider is to be called.") },
        shipStation: { _ in throw ProviderFailure.refused(code: "unused", message: "No provider is to be called.") })
}
