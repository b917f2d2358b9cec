import Commerce
import Foundation
import Testing

@Suite("Worked cases of refunds")
struct RefundVectorTests {
    @Test("all reference cases are answered to the cent")
    func reference() throws {
        let cases = try RefundFixtures.cases()
        #expect(cases.count == 60)
        for (index, entry) in cases.enumerated() {
            let text = Data(entry.answer.jsonText.utf8)
            var answer = try #require(try JSONSerialization.jsonObject(with: text) as? [String: Any])
            #expect(answer.removeValue(forKey: "derivation") != nil)
            #expect(NSDictionary(dictionary: answer) == NSDictionary(dictionary: entry.response), "case \(index)")
        }
    }

    @Test("three units of a discounted line come back one by one, and nothing is lost")
    func oneByOne() throws {
        let taxes = try (0..<3).map { before in
            try RefundFixtures.answer(Self.twoLines(returned: before)).lines.map {
                [$0.net, $0.tax].map(\.decimalString)
            }
        }
        #expect(taxes == [[["17.99", "1.60"]], [["17.99", "1.59"]], [["17.99", "1.60"]]])
    }

    @Test("fees are taken off goods and tax, with the fee's own tax where the policy says so")
    func fees() throws {
        let fee = #""restocking_fee_percent":"15","return_shipping_fee":"7.95","restocking_fee_taxed":"#
        let untaxed = try RefundFixtures.answer(Self.twoLines(policy: fee + "false"))
        #expect(untaxed.lines[0].restockingFee.decimalString == "2.70")
        #expect(untaxed.total.decimalString == "8.94")
        #expect(try RefundFixtures.answer(Self.twoLines(policy: fee + "true")).total.decimalString == "8.70")
    }

    @Test("an exchange that costs more is billed, and nothing is refunded")
    func exchange() throws {
        let answer = try RefundFixtures.answer(
            order(line: #""quantity":1,"unit_price":"100.00","discount":"0.00","tax":"10.00""#, captured: "110.00")
                .replacing(
                    #""policy":"#,
                    with: #""exchange":{"lines":[{"sku":"X","quantity":1,"amount":"250.00","tax":"25.00"}]},"policy":"#)
        )
        #expect(answer.amountDue.decimalString == "165.00")
        #expect(answer.total.decimalString == "0.00")
        #expect(answer.exchangeTotal.decimalString == "275.00")
    }

    @Test(
        "currencies without and with three digits are split exactly",
        arguments: [
            ("JPY", "1000", ["333", "334", "333"]), ("KWD", "10.000", ["3.333", "3.334", "3.333"]),
        ])
    func digits(currency: String, total: String, expected: [String]) throws {
        let zero = Money.zero(try #require(Currency(code: currency))).decimalString
        let price = #""quantity":3,"unit_price":"\#(currency == "JPY" ? "400" : "4.000")","#
        let discount = currency == "JPY" ? "200" : "2.000"
        let amounts = try (0..<3).map { before in
            try RefundFixtures.answer(
                order(
                    currency: currency, line: price + #""discount":"\#(discount)","tax":"\#(zero)""#, captured: total,
                    zero: zero, returned: before)
            ).total.decimalString
        }
        #expect(amounts == expected)
    }

    @Test("a price with many digits is rounded for the line, not for each unit")
    func longPrice() throws {
        let answer = try RefundFixtures.answer(
            order(
                line: #""quantity":9,"unit_price":"13.956300","discount":"0.00","tax":"0.00""#, captured: "125.61",
                count: 9))
        #expect(answer.lines[0].net.decimalString == "125.61")
    }

    @Test("where prices include the tax, gross and net are split, and the tax is their difference")
    func taxIncluded() throws {
        let lines = try (0..<3).map { before in
            try RefundFixtures.answer(
                order(
                    line: #""quantity":3,"unit_price":"33.3333333","discount":"0.00","tax":"15.97""#,
                    captured: "100.00", taxesIncluded: true, returned: before)
            ).lines[0]
        }
        #expect(lines.map(\.amount.decimalString) == ["33.33", "33.34", "33.33"])
        #expect(lines.map(\.net.decimalString) == ["28.01", "28.01", "28.01"])
        #expect(lines.map(\.tax.decimalString) == ["5.32", "5.33", "5.32"])
    }

    @Test("a refund that is on its way counts as used")
    func pending() throws {
        let answer = try RefundFixtures.answer(
            order(
                line: #""quantity":1,"unit_price":"20.00","discount":"0.00","tax":"0.00""#, captured: "50.00",
                pending: "40.00"))
        #expect(answer.total.decimalString == "10.00")
        #expect(answer.capped.decimalString == "10.00")
    }

    /// Two lines with a discount of 10.00 over both and a tax of 8.875 %; one unit of the first comes back.
    static func twoLines(returned: Int = 0, policy: String = "") -> String {
        let lines =
            #"{"id":"l1","sku":"A","quantity":3,"unit_price":"19.99","discount":"6.00","tax":"4.79"},"#
            + #"{"id":"l2","sku":"B","quantity":1,"unit_price":"40.00","discount":"4.00","tax":"3.20"}"#
        return order(lines: lines, captured: "97.96", returned: returned, policy: policy)
    }

    private func order(
        currency: String = "USD", line: String, captured: String, pending: String? = nil, zero: String = "0.00",
        taxesIncluded: Bool = false, returned: Int = 0, count: Int = 1
    ) -> String {
        Self.order(
            currency: currency, lines: #"{"id":"l1","sku":"A",\#(line)}"#, captured: captured, pending: pending,
            zero: zero, taxesIncluded: taxesIncluded, returned: returned, count: count)
    }

    private static func order(
        currency: String = "USD", lines: String, captured: String, pending: String? = nil, zero: String = "0.00",
        taxesIncluded: Bool = false, returned: Int = 0, count: Int = 1, policy: String = ""
    ) -> String {
        let before = returned > 0 ? #"{"line_id":"l1","quantity":\#(returned)}"# : ""
        return #"{"currency":"\#(currency)","order":{"taxes_included":\#(taxesIncluded),"lines":[\#(lines)],"#
            + #""shipping":{"amount":"\#(zero)","tax":"\#(zero)","refunded":"\#(zero)"},"#
            + #""tenders":[{"id":"t1","kind":"card","captured":"\#(captured)","refunded":"\#(zero)","#
            + #""pending":"\#(pending ?? zero)"}]},"already_returned":[\#(before)],"#
            + #""return":{"lines":[{"line_id":"l1","quantity":\#(count)}]},"policy":{\#(policy)}}"#
    }
}
