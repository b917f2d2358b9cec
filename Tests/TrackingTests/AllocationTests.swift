import Commerce
import Contracts
import Testing

@testable import Tracking

@Suite("Putting shipped units on the lines of an order")
struct AllocationTests {
    private func units(_ pairs: KeyValuePairs<String, Int>) -> [SKUQuantity] {
        pairs.map { SKUQuantity(sku: $0.key, quantity: $0.value) }
    }

    @Test("a SKU on several lines fills them in their order, without what is taken")
    func repeatedSKU() throws {
        let lines = [
            OpenLine(id: 1, sku: "A", open: 0), OpenLine(id: 2, sku: "A", open: 2), OpenLine(id: 3, sku: "B", open: 1),
            OpenLine(id: 4, sku: "A", open: 5),
        ]
        #expect(try LineAllocation.allocate(units(["A": 3, "B": 1]), to: lines) == [2: 2, 3: 1, 4: 1])
    }

    @Test("more than is open is refused, and the refusal counts")
    func overShipped() throws {
        let failure = #expect(throws: ProviderFailure.self) {
            try LineAllocation.allocate(units(["A": 3]), to: [OpenLine(id: 1, sku: "A", open: 2)])
        }
        #expect(
            failure == .refused(code: "over_shipped", message: "3 of A were shipped, 2 of them are open on the order."))
    }

    @Test("without kits a package brings what is in it")
    func plain() throws {
        let order = OrderedUnits(ordered: ["A": 2, "B": 1])
        #expect(try order.brought(by: units(["A": 1]), after: units(["A": 1])) == units(["A": 1]))
        #expect(!order.isExceeded(by: units(["A": 2, "B": 1])))
        #expect(order.isExceeded(by: units(["A": 3])))
    }

    @Test("a kit shipped under its own SKU is that kit")
    func kitAsSuch() throws {
        let order = OrderedUnits(ordered: ["SET": 1], kits: ["SET": ["R": 1, "S": 2]])
        #expect(try order.brought(by: units(["SET": 1]), after: []) == units(["SET": 1]))
    }

    @Test("a kit whose components travel in several packages comes with the last of them")
    func kitInPackages() throws {
        let order = OrderedUnits(ordered: ["SET": 2], kits: ["SET": ["R": 1, "S": 2]])
        #expect(try order.brought(by: units(["R": 2]), after: []).isEmpty)
        #expect(try order.brought(by: units(["S": 3]), after: units(["R": 2])) == units(["SET": 1]))
        #expect(try order.brought(by: units(["S": 1]), after: units(["R": 2, "S": 3])) == units(["SET": 1]))
    }

    @Test("what is ordered as such and is a component fills its own line first")
    func mixed() throws {
        let order = OrderedUnits(ordered: ["R": 1, "SET": 1], kits: ["SET": ["R": 1, "S": 2]])
        #expect(try order.brought(by: units(["R": 2, "S": 2]), after: []) == units(["R": 1, "SET": 1]))
        #expect(try order.brought(by: units(["R": 1]), after: []) == units(["R": 1]))
    }

    @Test("a SKU that nobody ordered is refused by name")
    func stranger() {
        let order = OrderedUnits(ordered: ["A": 1])
        let failure = #expect(throws: ProviderFailure.self) { try order.brought(by: units(["X": 1]), after: []) }
        #expect(
            failure
                == .refused(
                    code: "unexpected_sku", message: "The warehouse shipped X, which the order does not hold."))
    }

    @Test("packages under one tracking number are one to the shop")
    func together() {
        let order = OrderID()
        func shipment(_ ordinal: Int, _ tracking: String?, _ sku: String) -> Shipment {
            Shipment(
                id: ShipmentID(), orderID: order, number: "SO1", packageKey: "\(ordinal)", ordinal: ordinal,
                trackingNumber: tracking, carrier: nil, lines: units([sku: 1]), itemFulfillmentID: nil,
                progress: ShipmentProgress())
        }
        let all = [shipment(1, "1Z1", "A"), shipment(2, "1Z2", "B"), shipment(3, "1Z1", "C")]
        #expect(
            PackageContent(of: all[2], together: all)
                == PackageContent(lines: units(["A": 1, "C": 1]), earlier: units(["B": 1])))
        #expect(
            PackageContent(of: all[2], among: all)
                == PackageContent(lines: units(["C": 1]), earlier: units(["A": 1, "B": 1])))
    }
}
