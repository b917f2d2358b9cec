import Commerce
import Contracts
import Foundation
import Messaging
import Support
import Testing

@testable import Tracking

@Suite("What ShipStation tells of packages", .enabled(if: TestBench.isThere))
struct CarrierScanTests {
    private let robe = WarehousePackage(
        key: "c1", trackingNumber: "1Z1", carrier: "UPS", lines: [SKUQuantity(sku: "MIE-ROBE-S", quantity: 1)])

    private func ship(_ bench: TestBench) async throws {
        let event = OrderDispatched(orderID: OrderID(), number: "SO1", salesOrderID: "98431")
        _ = try await bench.handle { try await OpenWarehouseOrder().handle(event, in: $0) }
        let reading = WarehouseReading(number: "SO1", phase: .open, description: "words", packages: [robe])
        _ = try await bench.handle { try await WarehouseUpdate($0).apply([reading]) }
    }

    private func scan(_ bench: TestBench, _ code: String) async throws -> [Envelope] {
        let attributes = Envelope.Attributes(
            id: UUIDv7.make().uuidString, type: "webhook.shipstation.track", source: "test",
            workspaceid: bench.workspaceID)
        let envelope = try Envelope(
            attributes,
            data: RawJSON(
                text: """
                    {"provider":"shipstation","payload":{"resource_type":"API_TRACK",
                     "data":{"tracking_number":"1Z1","status_code":"\(code)","events":[]}}}
                    """))
        return try await bench.handle { try await ReceiveCarrierScan().handle(envelope, in: $0) }.sent
    }

    /// What follows from a look at the package.
    private func look(_ bench: TestBench, _ seen: ShipmentStatus?) async throws -> [Envelope] {
        let handler = ReadPackageHandler(accounts: .nobody)
        let command = ReadPackage(trackingNumber: "1Z1", deliveredAt: nil)
        return try await bench.handle {
            guard case .read(let request) = try await handler.plan(command, in: $0) else {
                throw Refusal(code: "no_look", message: "The package is not known.")
            }
            #expect(request.carrier == "UPS")
            _ = try await handler.settle(.init(status: seen, at: nil), of: request, for: command, in: $0)
        }.sent
    }

    @Test("a delivery that is told is read before it counts, once; what is read counts, and not what was told")
    func delivered() async throws {
        try await TestBench.run { bench in
            #expect(try await scan(bench, "DE").isEmpty)
            try await ship(bench)
            #expect(try await scan(bench, "IT").types.isEmpty)
            let hint = try await scan(bench, "DE")
            #expect(hint.types == [ReadPackage.name])
            #expect(try await look(bench, .inTransit).types.isEmpty)
            #expect(try await look(bench, .unknown).types.isEmpty)
            #expect(try await look(bench, .delivered).types == [ShipmentDelivered.type])
            #expect(try await scan(bench, "DE").isEmpty)
        }
    }

    @Test("where nobody can be asked, what was told counts")
    func unasked() async throws {
        try await TestBench.run { bench in
            try await ship(bench)
            #expect(try await look(bench, nil).types == [ShipmentDelivered.type])
        }
    }
}

extension ProviderAccounts {
    /// None that may be called.
    fileprivate static var nobody: ProviderAccounts {
        let unused = Refusal(code: "unused", message: "Nobody is to be called.")
        return ProviderAccounts(
            netSuite: { _ in throw unused }, shopify: { _ in throw unused }, dcl: { _ in throw unused },
            shipStation: { _ in throw unused })
    }
}
