import Commerce
import Contracts
import Foundation
import Providers
import Testing

@testable import Tracking

@Suite("What is new about an order at the warehouse")
struct WarehouseProgressTests {
    private let robe = WarehousePackage(
        key: "00008401", trackingNumber: "1Z1", carrier: "UPS", lines: [SKUQuantity(sku: "MIE-ROBE-S", quantity: 1)])
    private let slip = WarehousePackage(
        key: "00008402", trackingNumber: "1Z2", carrier: "UPS", lines: [SKUQuantity(sku: "MIE-SLIP-S", quantity: 2)])

    private func known(
        _ packages: [WarehousePackage] = [], isHeld: Bool = false, isOpen: Bool = true
    ) -> WarehouseOrder {
        WarehouseOrder(
            number: "SO10045", orderID: OrderID(), isHeld: isHeld, isOpen: isOpen,
            packages: packages.map { .init(shipmentID: ShipmentID(), key: $0.key, trackingNumber: $0.trackingNumber) })
    }

    private func reading(_ phase: WarehouseReading.Phase, _ packages: [WarehousePackage] = []) -> WarehouseReading {
        WarehouseReading(number: "SO10045", phase: phase, description: "words", packages: packages)
    }

    @Test("an order that is being worked on tells nothing new")
    func working() {
        #expect(WarehouseProgress.changes(from: known(), to: reading(.open)).isEmpty)
    }

    @Test("packages are counted in the order in which they leave, over several readings")
    func packages() {
        #expect(
            WarehouseProgress.changes(from: known(), to: reading(.open, [robe])) == [.shipped(robe, ordinal: 1)])
        #expect(
            WarehouseProgress.changes(from: known([robe]), to: reading(.shipped, [robe, slip])) == [
                .shipped(slip, ordinal: 2), .closed(.complete, packages: 2),
            ])
    }

    @Test("reading the same again tells nothing new")
    func repetition() {
        #expect(WarehouseProgress.changes(from: known([robe]), to: reading(.open, [robe])).isEmpty)
        #expect(WarehouseProgress.changes(from: known([robe], isOpen: false), to: reading(.shipped, [robe])).isEmpty)
    }

    @Test("a hold is told once, and its end too")
    func holds() {
        #expect(WarehouseProgress.changes(from: known(), to: reading(.held)) == [.held(true)])
        #expect(WarehouseProgress.changes(from: known(isHeld: true), to: reading(.held)).isEmpty)
        #expect(WarehouseProgress.changes(from: known(isHeld: true), to: reading(.open)) == [.held(false)])
    }

    @Test("a short close counts what left, also when that is nothing")
    func short() {
        #expect(WarehouseProgress.changes(from: known(), to: reading(.short)) == [.closed(.short, packages: 0)])
        #expect(
            WarehouseProgress.changes(from: known([robe]), to: reading(.short, [robe])) == [
                .closed(.short, packages: 1)
            ])
    }

    @Test("a shipped order whose packages are not listed yet stays open")
    func shippedWithoutPackages() {
        #expect(WarehouseProgress.changes(from: known(), to: reading(.shipped)).isEmpty)
    }

    @Test("a cancelled order is closed")
    func cancelled() {
        #expect(WarehouseProgress.changes(from: known(), to: reading(.cancelled)) == [.closed(.cancelled, packages: 0)])
    }

    @Test("a tracking number that comes later is taken over")
    func lateTrackingNumber() {
        var untracked = robe
        untracked.trackingNumber = nil
        let order = known([untracked])
        #expect(
            WarehouseProgress.changes(from: order, to: reading(.open, [robe])) == [
                .tracked(order.packages[0].shipmentID, trackingNumber: "1Z1")
            ])
    }

    @Test("the warehouse's order is read with nulls for lists, cartons without content and repeated items")
    func mapping() throws {
        let json = """
            {"order_number":"SO10045","order_stage":50,"stage_description":"Partially Shipped","is_cancelled":false,
             "shipping_carrier":"UPS","lines":null,"shipments":[
              {"ship_date":"2026-03-05T13:55:00","packages":[
               {"carton_id":"00008401","tracking_number":"1Z1","shipped_items":[
                 {"item_number":"MIE-ROBE-S","quantity":1},{"item_number":"MIE-ROBE-S","quantity":2}]},
               {"carton_id":"00008402","tracking_number":"1Z2","shipped_items":null}]},
              {"packages":null}]}
            """
        let reading = WarehouseReading(try JSONDecoder().decode(DCLOrder.self, from: Data(json.utf8)))
        #expect(reading.phase == .open)
        #expect(reading.description == "Partially Shipped")
        #expect(
            reading.packages == [
                WarehousePackage(
                    key: "00008401", trackingNumber: "1Z1", carrier: "UPS",
                    lines: [SKUQuantity(sku: "MIE-ROBE-S", quantity: 3)])
            ])
    }

    @Test(
        "each stage is read as what it means here",
        arguments: [
            (2, .cancelled), (4, .held), (5, .held), (6, .held), (10, .open), (20, .open), (40, .open), (50, .open),
            (60, .shipped), (62, .short), (999, .open),
        ] as [(Int, WarehouseReading.Phase)])
    func stages(code: Int, phase: WarehouseReading.Phase) throws {
        let json = #"{"order_number":"SO1","order_stage":\#(code)}"#
        #expect(WarehouseReading(try JSONDecoder().decode(DCLOrder.self, from: Data(json.utf8))).phase == phase)
    }
}
