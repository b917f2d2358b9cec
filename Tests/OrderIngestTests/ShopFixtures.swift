import Commerce
import Foundation
import Providers

@testable import OrderIngest

/// An order as the shop sends it.
struct ShopOrderFixture: Sendable {
    var id = 5_678_901_234_567
    var payment = "paid"
    var fulfillment: String?
    var cancelledAt: String?
    var updatedAt = "2026-03-04T05:15:34-05:00"
    var sku = "MIE-ROBE-S"
    var quantity = 2
    var currency = "USD"
    var tags = ""
    var locale: String?
    /// Of one unit.
    var grams = 0

    /// Written by hand rather than by an encoder, because that is how it comes.
    var json: [UInt8] {
        func text(_ value: String?) -> String { value.map { "\"\($0)\"" } ?? "null" }
        return Array(
            """
            {"id":\(id),"name":"#1001","email":"ana@example.com","currency":"\(currency)",
             "created_at":"2026-03-04T05:15:30-05:00","processed_at":"2026-03-04T05:15:28-05:00",
             "updated_at":"\(updatedAt)","cancelled_at":\(text(cancelledAt)),
             "financial_status":"\(payment)","fulfillment_status":\(text(fulfillment)),
             "total_price":"155.12","total_tax":"11.12","total_discounts":"10.00",
             "total_shipping_price_set":{"shop_money":{"amount":"5.00","currency_code":"USD"}},
             "tags":"\(tags)","customer_locale":\(text(locale)),"customer":{"id":7071195510,"first_name":"Ana","last_name":"Ruiz"},
             "shipping_address":{"name":"Ana Ruiz","address1":"92 Chestnut St","city":"Louisville",
               "province_code":"KY","zip":"40202","country_code":"US","phone":"+15024592181"},
             "line_items":[{"id":13711234567890,"sku":"\(sku)","title":"Silk robe","quantity":\(quantity),
               "vendor":"Mienne","grams":\(grams),
               "price":"74.50","discount_allocations":[{"amount":"10.00"}],"tax_lines":[{"price":"11.12"}]}]}
            """.utf8)
    }

    var order: ShopifyOrder { get throws { try ShopifyOrder(json: json) } }

    var update: ShopUpdate { get throws { ShopUpdate(try order) } }

    var row: OrderRow {
        get throws {
            let update = try update
            var row = OrderRow(document: update.document, shopUpdatedAt: update.updatedAt)
            row.startedAt = Date(timeIntervalSince1970: 1_772_619_330)
            return row
        }
    }

    func with(_ change: (inout ShopOrderFixture) -> Void) -> ShopOrderFixture {
        var copy = self
        change(&copy)
        return copy
    }

    static let later = "2026-03-04T05:20:00-05:00"
    static let earlier = "2026-03-04T05:10:00-05:00"
}
