import Foundation
import Testing

@testable import API

@Suite("Calculating a refund over HTTP", .tags(.postgres), .enabled(if: TestDatabase.isThere))
struct RefundCalculationTests {
    private static let request = """
        {"currency":"USD","order":{"taxes_included":false,
         "lines":[{"id":"l1","sku":"ROBE-S","quantity":3,"unit_price":"19.99","discount":"6.00","tax":"4.79"}],
         "shipping":{"amount":"5.00","tax":"0.00","refunded":"0.00"},
         "tenders":[{"id":"t1","kind":"card","captured":"63.76","refunded":"0.00","pending":"0.00"}]},
         "already_returned":[{"line_id":"l1","quantity":1}],
         "return":{"lines":[{"line_id":"l1","quantity":1,"grade":"A","reason":"wrong_size"}]},
         "policy":{"restocking_fee_percent":"15","return_shipping_fee":"7.95"}}
        """

    @Test("the answer is the reference's, with its derivation")
    func answer() async throws {
        try await APIBench.run { bench in
            let answer = try await bench.post("/refunds/calculate", Self.request)
            #expect(answer.status == 200)
            #expect(answer.json["total"]?.string == "8.93" && answer.json["return_shipping_fee"]?.string == "7.95")
            #expect(answer.json["derivation"] != nil)
        }
    }

    @Test("shipping with tax is given back in the members that the reference has, and no others")
    func shippingTax() async throws {
        try await APIBench.run { bench in
            let request = Self.request.replacing(#""shipping":{"amount":"5.00","tax":"0.00""#, with: Self.taxedShipping)
                .replacing(#""policy":{"#, with: #""policy":{"original_shipping":"always","#)
            let answer = try await bench.post("/refunds/calculate", request)
            #expect(answer.status == 200 && answer.json["shipping_refund"]?.string == "5.40")
            #expect(answer.json["shipping_refund_tax"] == nil)
        }
    }

    private static let taxedShipping = #""shipping":{"amount":"5.00","tax":"0.40""#

    @Test("what is wrong is named with its field, all of it at once")
    func problems() async throws {
        try await APIBench.run { bench in
            let wrong = Self.request.replacing(#""discount":"6.00""#, with: #""discount":"600.00""#)
                .replacing(#""tax":"4.79""#, with: #""tax":4.79"#)
            let answer = try await bench.post("/refunds/calculate", wrong)
            #expect(answer.status == 422)
            #expect(answer.json["field"]?.string?.hasPrefix("order.lines[0].") == true)
            let foreign = try await bench.post(
                "/refunds/calculate", Self.request.replacing(#""currency":"USD""#, with: #""currency":"DOLLAR""#))
            #expect(foreign.status == 422 && foreign.json["field"]?.string == "currency")
            #expect(foreign.json["code"]?.string == "unknown_currency")
        }
    }
}
