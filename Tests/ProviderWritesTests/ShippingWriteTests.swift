import Commerce
import Contracts
import Foundation
import Messaging
import Support
import Testing

@testable import Returns

@Suite("Refunds of shipping, at the shop and in the books", .enabled(if: WriteBench.isThere))
struct ShippingWriteTests {
    private static let taxed = #","tax_rate":"0.08","shipping_price":"10.00","shipping_tax_rate":"0.08""#

    @Test("the shop takes it in the terms of its price, and the books get its tax as tax", arguments: [false, true])
    func whole(included: Bool) async throws {
        try await WriteBench.run { bench in
            // Four robes at 74.50 with 23.84 of tax, and shipping at 10.00 with 0.80; or the same with it in the prices.
            let prices =
                included
                ? #","taxes_included":true,"tax_rate":"0.08","shipping_price":"10.80","shipping_tax_rate":"0.08""#
                : Self.taxed
            let (order, line) = try await place(bench, prices)
            let refund = try await request(line, of: order, "full_return", bench)
            let reply = try await order.perform(SendRefund(refundID: refund))
            #expect(reply.status == .succeeded && reply.error == nil)
            let made = try await made(order, bench)
            let shipping = made.order_adjustments.array
            #expect(shipping.map(\.kind.string) == ["shipping_refund"])
            #expect(shipping.map(\.amount.string) == ["-10.00"] && shipping.map(\.tax_amount.string) == ["-0.80"])
            #expect(made.transactions.array.map(\.amount.string) == [included ? "308.80" : "332.64"])
            let documentID = try await order.perform(RecordRefundInBooks(refundID: refund)).documentID
            #expect(documentID != nil)
            let books = try await bench.simulators.control("GET", "/_sim/quickbooks/state").refundReceipts.array
            let tax = books.first { $0.DocNumber.string == ReturnNumber.of(refund: "\(refund)") }?.TxnTaxDetail.TotalTax
            #expect(tax?.number == (included ? 22.87 : 24.64))
        }
    }

    @Test("what staff have given back of it in the shop is not given back again")
    func byHand() async throws {
        try await WriteBench.run { bench in
            let (order, line) = try await place(bench, Self.taxed)
            try await bench.simulators.control(
                "POST", "/_sim/shopify/orders/\(order.shopID)/refunds",
                #"{"amount":"10.80","shipping":{"full_refund":true}}"#)
            _ = try await order.perform(ReadOrderPayments(orderID: order.orderID))
            let refund = try await request(line, of: order, "always", bench)
            #expect(try await order.perform(SendRefund(refundID: refund)).status == .succeeded)
            let made = try await made(order, bench)
            #expect(made.order_adjustments.array.isEmpty)
            #expect(made.transactions.array.map(\.amount.string) == ["321.84"])
        }
    }

    @Test("shipping that a code made free is given back neither by the shop nor by us")
    func free() async throws {
        try await WriteBench.run { bench in
            let (order, line) = try await place(
                bench, #","shipping_price":"9.00","shipping_discount":"9.00","discount_code":"FREESHIP""#)
            let refund = try await request(line, of: order, "always", bench)
            #expect(try await order.perform(SendRefund(refundID: refund)).status == .succeeded)
            let made = try await made(order, bench)
            #expect(made.order_adjustments.array.isEmpty)
            #expect(made.transactions.array.map(\.amount.string) == ["298.00"])
        }
    }

    /// A paid order whose payments are read, and its line.
    private func place(_ bench: WriteBench, _ further: String) async throws -> (order: OrderJourney, line: String) {
        let order = try await OrderJourney.place(bench, further: further)
        _ = try await order.perform(ReadOrderPayments(orderID: order.orderID))
        let placed = try await bench.simulators.control("GET", "/_sim/shopify/orders/\(order.shopID)")
        return (order, "\(try #require(placed.line_items[0].id.int))")
    }

    /// A refund of all four robes.
    private func request(
        _ line: String, of order: OrderJourney, _ shipping: String, _ bench: WriteBench
    ) async throws -> RefundID {
        let policy = try JSONDecoder().decode(
            RefundPolicyForm.self, from: Data(#"{"original_shipping":"\#(shipping)"}"#.utf8))
        let command = RequestRefund(
            orderID: order.orderID, lines: [.init(lineID: line, quantity: 4)], amount: nil, reason: "test",
            policy: policy)
        return try await bench.returns.handle(in: bench.workspaceID) {
            try await RequestRefundHandler().handle(command, in: $0).refundID
        }
    }

    /// The newest refund of the order at the shop.
    private func made(_ order: OrderJourney, _ bench: WriteBench) async throws -> JSON {
        let placed = try await bench.simulators.control("GET", "/_sim/shopify/orders/\(order.shopID)")
        return try #require(placed.refunds.array.last)
    }
}
