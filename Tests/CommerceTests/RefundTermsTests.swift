import Commerce
import Foundation
import Testing

/// What a policy decides about single lines: fees that are waived, goods that stay.
@Suite("Terms of single lines in a refund")
struct RefundTermsTests {
    private static let fees = #""restocking_fee_percent":"15","return_shipping_fee":"7.95""#

    /// The order of `RefundVectorTests.twoLines`, one robe of three and the only hat.
    private func answer(_ robe: String, _ hat: String? = nil, policy: String = fees) throws -> RefundResult {
        let hat = hat.map { #",{"line_id":"l2","quantity":1\#($0)}"# } ?? ""
        return try RefundFixtures.answer(
            RefundVectorTests.twoLines(policy: policy).replacing(
                #"[{"line_id":"l1","quantity":1}]"#, with: #"[{"line_id":"l1","quantity":1\#(robe)}\#(hat)]"#))
    }

    private func note(_ result: RefundResult, _ name: DerivationName) -> String? {
        func find(_ node: DerivationNode) -> String? {
            guard case .operation(_, let operands) = node.content else { return nil }
            return node.name == name ? node.note : operands.lazy.compactMap(find).first
        }
        return result.derivation.figures.lazy.compactMap(find).first
    }

    @Test("a line whose fees a rule waives pays none, and the rule is named; the other line pays its own")
    func waivedLine() throws {
        let result = try answer(#","fees_waived_by":"rule vip""#, "")
        #expect(result.lines.map(\.restockingFee.decimalString) == ["0.00", "5.40"])
        #expect(result.returnShippingFee.decimalString == "7.95")
        #expect(note(result, .init(.lines, 0, .restockingFee)) == "waived by rule vip")
        #expect(note(result, .init(.lines, 1, .restockingFee)) == nil)
        #expect(try result.explanation(for: .staff).text.contains("restocking fee: 0.00 USD. waived by rule vip\n"))
        #expect(try !result.explanation(for: .customer).text.contains("vip"))
    }

    @Test("the fee for the parcel is waived with all that comes back, each by its own ground")
    func waivedParcel() throws {
        let policy = Self.fees + #","fee_waived_reasons":["defective"]"#
        let result = try answer(
            #","fees_waived_by":"fee_waived_grades","grade":"D""#, #","reason":"defective""#, policy: policy)
        #expect(result.returnShippingFee.decimalString == "0.00")
        let ground = "waived by fee_waived_grades, waived for the reason defective"
        #expect(note(result, .init(.returnShippingFee)) == ground)
        #expect(result.total.decimalString == "58.79")
    }

    @Test("goods that stay for a part of their price give that part of net and of tax, ungraded and free of fees")
    func keptForAPart() throws {
        let policy = Self.fees + #","grades":{"A":"0"}"#
        let result = try answer(#","kept":{"percent":"30","by":"rule cheap"}"#, policy: policy)
        let line = result.lines[0]
        #expect(line.net.decimalString == "17.99" && line.tax.decimalString == "1.60")
        #expect(line.keptDeduction?.decimalString == "13.71")  // 17.99 − 5.40 + 1.60 − 0.48
        #expect(line.gradeDeduction.decimalString == "0.00" && line.restockingFee.decimalString == "0.00")
        #expect(result.returnShippingFee.decimalString == "0.00")
        #expect(result.total.decimalString == "5.88")
        #expect(note(result, .init(.lines, 0, .keptDeduction)) == "the goods do not come back, by rule cheap")
        let customer = try result.explanation(for: .customer)
        #expect(customer.lines.map(\.amount) == ["17.99", "1.60", "-13.71", "5.88"])
        let staff = try result.explanation(for: .staff).text
        #expect(staff.hasSuffix("Refund: 5.88 USD. 17.99 + 1.60 − 13.71 = 5.88"), "\(staff)")
    }

    @Test("goods that stay spare nobody else the fee for the parcel, and pay none")
    func keptBesideReturned() throws {
        let result = try answer(#","kept":{"percent":"100"}"#, "")
        #expect(result.lines[0].amount.decimalString == "19.59")
        #expect(result.lines[0].keptDeduction?.decimalString == "0.00")
        #expect(result.lines[1].keptDeduction == nil)
        #expect(result.returnShippingFee.decimalString == "7.95")
        #expect(result.jsonText.ranges(of: "kept_deduction\":\"").count == 1)
    }

    @Test("the tax in a shipping refund is its share of what is left of both, and all parts come to it")
    func shippingTax() throws {
        let usd = try #require(Currency(code: "USD"))
        func money(_ units: Int64) -> Money { Money(minorUnits: units, currency: usd) }
        // Before: all of it by the shop, all and half of it by an older build as shipping alone, and none of it.
        let before = [RefundedShipping(net: 1_000, tax: 80), .init(net: 1_080, tax: 0), .init(net: 540, tax: 0), .zero]
        for refunded in before {
            let sale = Sale(
                currency: usd, taxesIncluded: false,
                lines: [
                    RefundOrderLine(
                        id: "1", sku: "A", quantity: 3, unitPrice: try UnitPrice(decimal: "10.00"), discount: money(0),
                        tax: money(0))
                ], shipping: money(1_000), shippingTax: money(80))
            let tender = Tender(
                id: "t", kind: "card", captured: money(5_000), refunded: money(0), pending: money(0))
            var (gone, taken) = (refunded, UnitNumbers())
            for unit in 1...3 {
                let result = try RefundCalculation.result(
                    for: RefundRequest(
                        currency: usd, order: sale.order(tenders: [tender], shippingRefunded: gone),
                        others: OtherReturns(units: ["1": taken]),
                        lines: [ReturnedLine(lineID: "1", units: UnitNumbers([unit]))],
                        policy: RefundPolicy(originalShipping: unit == 3 ? .always : .proRata)))
                let tax = result.shippingRefundTax?.minorUnits ?? 0
                #expect(tax >= 0 && result.shippingRefundNet >= 0)
                gone = RefundedShipping(net: gone.net + result.shippingRefundNet, tax: gone.tax + tax)
                taken = taken.union(UnitNumbers([unit]))
            }
            #expect(gone.withTax == 1_080)
            if refunded.net <= 1_000 { #expect(gone == RefundedShipping(net: 1_000, tax: 80)) }
        }
    }

    @Test("what stays for a part of its price stays sold: its shipping is not given back, now or later")
    func shippingOfKept() throws {
        func shipping(_ rule: String, kept: String, before: String = "") throws -> String {
            let request = RefundVectorTests.twoLines(policy: #""original_shipping":"\#(rule)""#)
                .replacing(#""shipping":{"amount":"0.00""#, with: #""shipping":{"amount":"9.00""#)
                .replacing(#""already_returned":[]"#, with: #""already_returned":[\#(before)]"#)
                .replacing(
                    #"[{"line_id":"l1","quantity":1}]"#,
                    with: #"[{"line_id":"l1","quantity":3\#(kept)},{"line_id":"l2","quantity":1}]"#)
            return try RefundFixtures.answer(request).shippingRefund.decimalString
        }
        let part = #","kept":{"percent":"99.5"}"#
        #expect(try shipping("full_return", kept: "") == "9.00")
        #expect(try shipping("full_return", kept: part) == "0.00")
        #expect(try shipping("full_return", kept: #","kept":{"percent":"100"}"#) == "9.00")
        #expect(try shipping("pro_rata", kept: part) == "3.60")  // 9.00 × 36.00 ÷ 89.97
        #expect(try shipping("always", kept: part) == "9.00")
        let request = RefundVectorTests.twoLines(policy: #""original_shipping":"full_return""#)
            .replacing(#""shipping":{"amount":"0.00""#, with: #""shipping":{"amount":"9.00""#)
            .replacing(
                #""already_returned":[]"#,
                with: #""already_returned":[{"line_id":"l1","quantity":3,"kept":{"percent":"30"}}]"#
            )
            .replacing(#"[{"line_id":"l1","quantity":1}]"#, with: #"[{"line_id":"l2","quantity":1}]"#)
        #expect(try RefundFixtures.answer(request).shippingRefund.decimalString == "0.00")
        let whole = request.replacing(#""30""#, with: #""100""#)
        #expect(try RefundFixtures.answer(whole).shippingRefund.decimalString == "9.00")
    }

    @Test("the ledger's entry of a refund with goods that stay balances, and keeps what was not refunded")
    func ledger() throws {
        let result = try answer(#","kept":{"percent":"30"}"#, #","fees_waived_by":"rule vip""#)
        let entry = LedgerEntry.refundRequested(result, cause: "c")
        #expect(entry.isBalanced)
        #expect(entry.postings.first { $0.account == .deductions }?.credit == 1371)
    }
}
