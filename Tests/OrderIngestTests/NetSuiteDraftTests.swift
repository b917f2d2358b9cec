import Commerce
import Foundation
import Messaging
import Providers
import Testing

@testable import OrderIngest

@Suite("An order in NetSuite's terms")
struct NetSuiteDraftTests {
    private func settings(discountItem: String? = nil) throws -> NetSuiteSettings {
        let item = discountItem.map { #","discount_item_id":"\#($0)""# } ?? ""
        return try NetSuiteSettings.decode(
            Array(
                """
                {"account":"1234567","consumer_key":"a","consumer_secret":"b","token_id":"c","token_secret":"d",
                 "location_id":"1"\(item)}
                """.utf8))
    }

    private func draft(discountItem: String? = nil) throws -> NetSuiteSalesOrderDraft {
        try NetSuiteSalesOrderDraft(
            ShopOrderFixture().row.document, externalID: "shopify-5678901234567", customerID: "107",
            items: ["MIE-ROBE-S": "9001"], settings: settings(discountItem: discountItem),
            at: Date(timeIntervalSince1970: 0))
    }

    @Test("amounts keep their digits and the keys are set")
    func digits() throws {
        let draft = try draft(discountItem: "-6")
        let line = try #require(draft.lines.first)
        #expect(line.rate == "74.50")
        #expect(line.amount == "149.00")
        #expect(draft.discountRate == "-10.00")
        #expect(draft.shippingCost == "5.00")
        #expect(draft.tranDate == "2026-03-04")
        #expect(draft.otherRefNum == "#1001")
        #expect(draft.shopifyOrderID == "5678901234567")
        #expect(draft.shippingAddress?.country?.id == "US")
    }

    @Test("without a discount item the discount is taken off its line")
    func discountOnLine() throws {
        let draft = try draft()
        #expect(draft.discountItem == nil)
        #expect(draft.lines.first?.amount == "139.00")
    }

    @Test("a customer is keyed by the shop's id, then by e-mail, and a guest by the order")
    func customers() {
        var customer = Customer(email: "Ana@Example.com", name: "Ana Maria Ruiz", externalID: "7071195510")
        var draft = NetSuiteCustomerDraft(customer, orderKey: "shopify-1")
        #expect(draft.externalId == "shopify-customer-7071195510")
        #expect(draft.firstName == "Ana Maria")
        #expect(draft.lastName == "Ruiz")
        customer.externalID = nil
        draft = NetSuiteCustomerDraft(customer, orderKey: "shopify-1")
        #expect(draft.externalId == "email-ana@example.com")
        draft = NetSuiteCustomerDraft(Customer(), orderKey: "shopify-1")
        #expect(draft.externalId == "guest-shopify-1")
    }

    @Test("a typed sales order becomes a canonical order without problems")
    func typed() throws {
        let json = """
            {"id":"500","tranId":"SO500","status":{"id":"B"},"entity":{"id":"107","refName":"Web Store"},
             "currency":{"id":"1"},"tranDate":"2026-03-04","total":155.119999,"shippingCost":5,
             "shippingAddress":{"addressee":"Ana Ruiz","addr1":"92 Chestnut St","addr2":"","city":"Louisville",
               "state":"KY","zip":"40202","country":{"id":"US"}},
             "item":{"items":[{"line":1,"item":{"id":"9001","refName":"MIE-ROBE-S"},"quantity":2.0,"rate":74.5}]}}
            """
        let order = CanonicalOrder(try JSONDecoder().decode(NetSuiteSalesOrder.self, from: Data(json.utf8)))
        #expect(order.problems.isEmpty)
        #expect(order.number == "SO500")
        #expect(order.currency == "USD")
        #expect(order.total == "155.12")
        #expect(order.externalIDs == ["netsuite": "500"])
        #expect(order.skus == ["MIE-ROBE-S"])
    }
}
