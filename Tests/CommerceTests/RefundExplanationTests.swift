import Commerce
import Foundation
import SeededRandom
import Testing

@Suite("A refund explained")
struct RefundExplanationTests {
    @Test("to staff, step by step")
    func staff() throws {
        let text = try explanation(for: .staff).text
        #expect(text.contains("Robe, net: 17.99 USD. round(53.97 × 1 ÷ 3) − round(53.97 × 0 ÷ 3) = 17.99; the share"))
        #expect(text.contains("Robe, restocking fee: 2.70 USD. the smaller of 2.70 and 17.99 + 1.60 − 0.00 = 2.70"))
        #expect(text.contains("Shipping refund: 0.00 USD. the policy gives none for this return"))
        #expect(text.hasSuffix("Refund: 8.94 USD. 17.99 + 1.60 − 2.70 − 7.95 = 8.94"))
    }

    @Test("to a customer, in plain words")
    func customer() throws {
        #expect(
            try explanation(for: .customer).text == """
                Robe (1): 17.99 USD
                Tax: 1.60 USD
                Restocking fee: -2.70 USD
                Return shipping: -7.95 USD
                Your refund: 8.94 USD
                To your card: 8.94 USD
                """)
    }

    @Test("a customer's lines add up, and staff see every figure, whatever comes back")
    func property() throws {
        var random = SeededGenerator()
        for _ in 0..<200 {
            for result in try RefundHistory.random(using: &random).results {
                let customer = try result.explanation(for: .customer)
                let end = try #require(customer.lines.firstIndex { ["Your refund", "Left to pay"].contains($0.label) })
                let sum = try customer.lines[..<end].reduce(Int64(0)) {
                    $0 + (try Money(decimal: $1.amount, currency: result.currency).minorUnits)
                }
                #expect(sum == result.total.minorUnits - result.amountDue.minorUnits, "\(random)")
                for word in ["unit", "round", "[", "fault", "damage", "policy"] {
                    #expect(!customer.text.contains(word), "\(random)")
                }
                let staff = try result.explanation(for: .staff)
                let steps = Set(staff.lines.map(\.amount))
                for (_, amount) in result.namedAmounts {
                    // As people write it.
                    #expect(steps.contains(amount.decimalString.replacing("-", with: "−")), "\(random)")
                }
                #expect(!staff.text.contains("?"), "\(random)")
            }
        }
    }

    @Test("prices that were shown with their tax are given back with it")
    func taxIncluded() throws {
        let request = RefundVectorTests.twoLines()
            .replacing(#""taxes_included":false"#, with: #""taxes_included":true"#)
        let customer = try RefundFixtures.answer(request).explanation(for: .customer)
        #expect(customer.lines.map(\.label) == ["Item 1 (1)", "Your refund"])
        #expect(customer.lines.map(\.amount) == ["17.99", "17.99"])
    }

    @Test("limits are told to both")
    func limits() throws {
        let result = try RefundFixtures.answer(
            RefundVectorTests.twoLines(policy: #""return_shipping_fee":"29.59""#))
        let customer = try result.explanation(for: .customer)
        #expect(customer.lines.map(\.amount) == ["17.99", "1.60", "-29.59", "10.00", "0.00"])
        #expect(try result.explanation(for: .staff).text.hasSuffix("= −10.00; fees not recovered 10.00"))
    }

    private func explanation(for audience: RefundExplanation.Audience) throws -> RefundExplanation {
        let policy = #""restocking_fee_percent":"15","return_shipping_fee":"7.95""#
        return try RefundFixtures.answer(RefundVectorTests.twoLines(policy: policy))
            .explanation(for: audience, names: RefundNames(goods: ["Robe"], tenders: ["your card"]))
    }
}
