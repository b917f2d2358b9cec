import Commerce
import Testing

@testable import Providers

@Suite("From a shop's order to the canonical one")
struct MappingTests {
    private func map(_ order: String) throws -> CanonicalOrder {
        try CanonicalOrder(shopifyJSON: bytes(order))
    }

    @Test("the order of the contract")
    func contract() throws {
        let order = try map(contractOrder)
        #expect(order.number == "#1001")
        #expect(order.externalIDs == ["shopify": "5678901234567"])
        #expect(order.currency == "USD")
        #expect(order.total == "155.12")
        #expect(order.shipping == "5.00")
        #expect(order.tax == "11.12")
        #expect(order.discount == "10.00")
        #expect(order.tags == ["VIP", "SENT_TO_NS"])
        #expect(order.orderedAt?.text == "2026-03-04T05:15:28-05:00")
        #expect(order.updatedAt?.text == "2026-03-04T05:15:34-05:00")
        let customer = Customer(
            email: "ana@example.com", name: "Ana Ruiz", phone: "+15024592181", externalID: "7071195510", tags: [])
        #expect(order.customer == customer)
        let address = Address(
            name: "Ana Ruiz", street1: "92 Chestnut St", city: "Louisville", region: "KY", postalCode: "40202",
            country: "US", phone: "+15024592181")
        #expect(order.shippingAddress == address)
        let line = OrderLine(
            id: "13711234567890", sku: "MIE-ROBE-S", title: "Silk robe - S", quantity: 2, unitPrice: "74.50",
            discount: "10.00", tax: "11.12",
            product: OrderedProduct(id: "632910392", vendor: "Mienne", isGiftCard: false),
            discountCodes: ["TENOFF"])
        #expect(order.lines == [line])
        #expect(order.discountCodes == ["TENOFF"])
        #expect(order.problems.isEmpty)
    }

    @Test("a foreign customer's order is kept in the shop's currency")
    func presentment() throws {
        let order = try map(
            """
            {"id":1,"name":"#2","currency":"USD","presentment_currency":"JPY","total_price":"10.00",
             "total_price_set":{"shop_money":{"amount":"10.00","currency_code":"USD"},
               "presentment_money":{"amount":"1500","currency_code":"JPY"}},
             "line_items":[{"id":2,"sku":"A","quantity":1,"price":"10.00",
               "price_set":{"shop_money":{"amount":"10.00"},"presentment_money":{"amount":"1500"}},
               "discount_allocations":[{"amount":"150","amount_set":{"shop_money":{"amount":"1.00"}}}],
               "tax_lines":[{"price":"15","price_set":{"shop_money":{"amount":"0.10"}}},{"price":"0.05"}]}]}
            """)
        #expect(order.currency == "USD")
        #expect(order.total == "10.00")
        #expect(order.lines[0].unitPrice == "10.00")
        #expect(order.lines[0].discount == "1.00")
        #expect(order.lines[0].tax == "0.15")
        #expect(order.presentment == CanonicalOrder.Presentment(currency: "JPY", total: "1500"))
    }

    @Test("what a foreign customer paid is read line by line, and not guessed where a part of it is missing")
    func presentmentLines() throws {
        func order(_ tax: String) throws -> ShopifyOrder {
            try ShopifyOrder(
                json: bytes(
                    """
                    {"id":1,"currency":"USD","presentment_currency":"EUR",
                     "total_tax_set":{"presentment_money":{"amount":"0.20","currency_code":"EUR"}},
                     "shipping_lines":[{"price":"1.10","price_set":{"presentment_money":{"amount":"1.00"}}}],
                     "line_items":[{"id":2,"quantity":1,"price":"11.00",
                       "price_set":{"presentment_money":{"amount":"10.00"}},
                       "discount_allocations":[{"amount":"1.10","amount_set":{"presentment_money":{"amount":"1.00"}}}],
                       "tax_lines":[{"price":"0.22"\(tax)}]}]}
                    """))
        }
        let told = try order(#","price_set":{"presentment_money":{"amount":"0.20"}}"#)
        let paid = ShopifyLineItem.Presentment(price: "10.00", discount: "1.00", tax: "0.20")
        #expect(told.lines[0].presentment == paid)
        #expect(told.presentment?.shipping == "1.00" && told.presentment?.tax == "0.20")
        #expect(try order("").lines[0].presentment == nil)
    }

    @Test("a foreign customer was charged for shipping what discounts left of it in their currency, or it is not told")
    func presentmentShipping() throws {
        func set(_ dollars: String, _ euros: String) -> String {
            #"{"shop_money":{"amount":"\#(dollars)"},"presentment_money":{"amount":"\#(euros)"}}"#
        }
        func shipping(_ line: String?) throws -> (shop: DecimalText?, presentment: DecimalText?) {
            let lines = line.map { #"{"price":"9.90","price_set":\#(set("9.90", "9.00"))\#($0)}"# } ?? ""
            let order = try ShopifyOrder(
                json: bytes(
                    """
                    {"id":1,"currency":"USD","presentment_currency":"EUR",
                     "total_shipping_price_set":\(set("9.90", "9.00")),"shipping_lines":[\(lines)],"line_items":[]}
                    """))
            return (order.shipping, order.presentment?.shipping)
        }
        let coded = try shipping(#","discount_allocations":[{"amount":"3.30","amount_set":\#(set("3.30", "3.00"))}]"#)
        #expect(coded.shop == "6.60" && coded.presentment == "6.00")
        let reduced = try shipping(#","discounted_price":"4.40","discounted_price_set":\#(set("4.40", "4.00"))"#)
        #expect(reduced.shop == "4.40" && reduced.presentment == "4.00")
        for untold in [#","discount_allocations":[{"amount":"3.30"}]"#, #","discounted_price":"4.40""#] {
            #expect(try shipping(untold).presentment == nil)
        }
        #expect(try shipping("").presentment == "9.00")
        #expect(try shipping(nil).presentment == "9.00")
    }

    @Test("a line has what one unit weighs; zero, and more than a parcel can, is not known")
    func weights() throws {
        let lines = ["200", "0", "2000000000", "null"].enumerated().map { number, grams in
            #"{"id":\#(number + 2),"quantity":1,"vendor":"Mienne","grams":\#(grams)}"#
        }
        let order = try map(#"{"id":1,"line_items":[\#(lines.joined(separator: ","))]}"#)
        #expect(order.lines.map(\.product?.weightGrams) == [200, nil, nil, nil])
    }

    @Test("a line has the codes that discounted it; a discount by hand has none, and what is not told is not known")
    func discountCodes() throws {
        let order = try map(
            """
            {"id":1,"customer":{"tags":"vip, gold"},"discount_applications":[{"type":"manual"},{"code":"SPRING"}],
             "line_items":[
               {"id":2,"quantity":1,"gift_card":true,"discount_allocations":[
                 {"amount":"1.00","discount_application_index":0},{"amount":"1.00","discount_application_index":1}]},
               {"id":3,"quantity":1,"discount_allocations":[{"amount":"1.00","discount_application_index":7}]}]}
            """)
        #expect(order.lines.map(\.discountCodes) == [["SPRING"], []])
        #expect(order.lines.map(\.product?.isGiftCard) == [true, nil] && order.lines[1].product == nil)
        #expect(order.customer.tags == ["vip", "gold"] && order.discountCodes == nil)
        let bare = try map(#"{"id":1,"line_items":[{"id":2,"quantity":1}]}"#)
        #expect(bare.lines[0].discountCodes == nil && bare.customer.tags == nil)
    }

    @Test(
        "the language of whoever ordered is kept as its tag; what is none, of whatever shape, is not known",
        arguments: [
            (#""fr-Fr""#, "fr-FR"), (#""fr""#, "fr"), (#""zh_hant_tw""#, "zh-Hant-TW"), (#""es-419""#, "es-419"),
            ("null", nil), ("\"\"", nil), (#""french""#, nil), (#""fr-FR-x-evil""#, nil), (#""fr\r\nBcc: a""#, nil),
            (#""../../etc""#, nil), (#""ｆｒ""#, nil), ("7", nil), (#"{"a":["fr"]}"#, nil), ("[[]]", nil),
        ] as [(String, String?)])
    func language(told: String, known: String?) throws {
        let order = try map(#"{"id":1,"customer_locale":\#(told)}"#)
        #expect(order.customer.locale == known)
    }

    @Test("a currency without decimals keeps its amounts")
    func yen() throws {
        let order = try map(
            #"{"id":1,"currency":"JPY","total_price":"1500","line_items":[{"id":2,"quantity":1,"price":1500}]}"#)
        #expect(order.total == "1500")
        #expect(order.lines[0].unitPrice == "1500")
    }

    @Test("numbers in place of strings keep their digits")
    func numbers() throws {
        let order = try map(#"{"id":"77","total_tax":195.66,"total_price":0.1,"line_items":[]}"#)
        #expect(order.tax == "195.66")
        #expect(order.total == "0.1")
        #expect(order.externalIDs["shopify"] == "77")
    }

    @Test("several discounts and shipping lines are added up exactly")
    func sums() throws {
        let order = try map(
            """
            {"id":1,"shipping_lines":[{"price":"4.90"},{"price":"0.20"}],"line_items":[{"id":2,"quantity":1,"price":"9",
              "total_discount":"0.10","discount_allocations":[{"amount":"0.10"},{"amount":"0.20"}]},
              {"id":3,"quantity":1,"price":"9","total_discount":"0.40"}]}
            """)
        #expect(order.shipping == "5.10")
        #expect(order.lines.map(\.discount) == ["0.30", "0.40"])
    }

    @Test("shipping is what the customer was charged, and its discounts are not those of the goods")
    func shippingDiscounts() throws {
        func order(_ shipping: String) throws -> CanonicalOrder {
            try map(
                """
                {"id":1,"total_discounts":"12.00","total_shipping_price_set":{"shop_money":{"amount":"9.00"}},
                 "shipping_lines":\(shipping),"line_items":[{"id":2,"quantity":1,"price":"50.00",
                   "discount_allocations":[{"amount":"3.00"}]}]}
                """)
        }
        // A code that makes it free leaves `discounted_price` as it was.
        let free = try order(
            #"[{"price":"9.00","discounted_price":"9.00","discount_allocations":[{"amount":"9.00"}]}]"#)
        #expect(free.shipping == "0.00" && free.discount == "3.00")
        let reduced = try order(#"[{"price":"9.00","discounted_price":"4.00"}]"#)
        #expect(reduced.shipping == "4.00" && reduced.discount == "3.00")
        let full = try order(#"[{"price":"9.00","discounted_price":"9.00","discount_allocations":[]}]"#)
        #expect(full.shipping == "9.00" && full.discount == "12.00")
        #expect(try order("[]").shipping == "9.00")
    }

    @Test("units cancelled before they shipped are gone, returned ones are not")
    func cancelledUnits() throws {
        let order = try map(
            """
            {"id":1,"line_items":[{"id":2,"quantity":3,"price":"1"},{"id":3,"quantity":1,"price":"1"},
              {"id":4,"quantity":1,"price":"1"}],
             "refunds":[{"refund_line_items":[{"line_item_id":2,"quantity":1,"restock_type":"cancel","subtotal":1.5},
               {"line_item_id":3,"quantity":1,"restock_type":"cancel"},
               {"line_item_id":4,"quantity":1,"restock_type":"return"}]},{}]}
            """)
        #expect(order.lines.map(\.id) == ["2", "4"])
        #expect(order.lines.map(\.quantity) == [2, 1])
    }

    @Test("what is wrong with an order survives the mapping and shows as a problem")
    func problems() throws {
        let order = try map(
            """
            {"id":1,"name":"#1","currency":"XXQ","total_price":"1.00",
             "line_items":[{"id":2,"sku":null,"quantity":-1,"price":"1.00"}]}
            """)
        let codes = Set(order.problems.map(\.code))
        #expect(codes.isSuperset(of: [.unknownCurrency, .negativeQuantity, .missingSKU, .missingAddress]))
    }

    @Test(
        "an order that cannot be read names the field",
        arguments: [
            ("[]", "the order is not a JSON object"), ("{}", "the order's id cannot be read"),
            (#"{"id":1,"line_items":{}}"#, "the order's line_items cannot be read"),
            (#"{"id":1,"line_items":[{"sku":"A"}]}"#, "the order's line_items.0.id cannot be read"),
        ])
    func unreadable(order: String, expected: String) throws {
        let error = #expect(throws: ShopifyPayloadError.self) { try map(order) }
        #expect(error?.description == expected)
    }

    @Test("payment, cancellation and fulfilment are told apart")
    func status() throws {
        let paid = try ShopifyOrder(json: bytes(contractOrder))
        #expect(paid.isPaid && !paid.isCancelled && paid.fulfillmentStatus == nil)
        let other = try ShopifyOrder(
            json: bytes(#"{"id":1,"financial_status":"pending","cancelled_at":"2026-03-04T05:15:34-05:00"}"#))
        #expect(!other.isPaid && other.isCancelled)
    }
}
