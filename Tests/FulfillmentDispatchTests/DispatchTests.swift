import Commerce
import Contracts
import Foundation
import Messaging
import Providers
import Testing

@testable import FulfillmentDispatch

@Suite("The number of a dispatch")
struct DispatchNumberTests {
    @Test("the first dispatch has the sales order's own number")
    func first() {
        #expect(Dispatch.next(salesOrder: "SO10045", after: nil).number == "SO10045")
    }

    @Test("a dispatch that is under way keeps its number")
    func underWay() {
        let latest = Dispatch(number: "SO10045", generation: 1, isCancelled: false)
        #expect(Dispatch.next(salesOrder: "SO10045", after: latest) == latest)
    }

    @Test("after a cancelled dispatch the next has a number of its own")
    func again() {
        let latest = Dispatch(number: "SO10045-2", generation: 2, isCancelled: true)
        #expect(Dispatch.next(salesOrder: "SO10045", after: latest).number == "SO10045-3")
    }
}

@Suite("An order in the warehouse's terms")
struct WarehouseDraftTests {
    private let order = CanonicalOrder(
        number: "#1001", currency: "USD", total: "155.12", customer: Customer(email: "ana@example.com"),
        shippingAddress: Address(
            name: "Ana Ruiz", street1: "92 Chestnut St", city: "Louisville", region: "KY", postalCode: "40202",
            country: "US"),
        lines: [OrderLine(id: "1", sku: "MIE-ROBE-S", title: "Silk robe", quantity: 2, unitPrice: "74.50")])

    @Test("lines are numbered, the address is the customer's, the shop's number is the purchase order")
    func draft() throws {
        let draft = try DCLOrderDraft(order, number: "SO10045", at: Date(timeIntervalSince1970: 1_772_619_330))
        #expect(
            draft.lines == [
                .init(lineNumber: 1, itemNumber: "MIE-ROBE-S", description: "Silk robe", quantity: 2, price: "74.50")
            ])
        #expect(draft.poNumber == "1001")
        #expect(draft.orderedDate == "2026-03-04")
        #expect(draft.shippingAddress.attention == "Ana Ruiz")
        #expect(draft.shippingAddress.email == "ana@example.com")
    }

    @Test("a number or an address that the warehouse would not take is refused by name")
    func refusals() {
        var nowhere = order
        nowhere.shippingAddress = nil
        let now = Date(timeIntervalSince1970: 0)
        #expect(throws: Refusal.self) { try DCLOrderDraft(nowhere, number: "SO1", at: now) }
        let refusal = #expect(throws: Refusal.self) { try DCLOrderDraft(order, number: "SO 1", at: now) }
        #expect(refusal?.code == "bad_order_number")
    }
}
