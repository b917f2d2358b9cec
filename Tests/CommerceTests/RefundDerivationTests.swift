import Commerce
import Foundation
import SeededRandom
import Testing

@Suite("The derivation of a refund")
struct RefundDerivationTests {
    @Test("evaluated anew, written and read, it gives every figure of the answer")
    func evaluation() throws {
        var random = SeededGenerator()
        for _ in 0..<300 {
            for result in try RefundHistory.random(using: &random).results {
                let read = try JSONDecoder().decode(Derivation.self, from: Data(result.derivation.jsonText.utf8))
                #expect(read.currency == result.currency, "\(random)")
                #expect(try read.misstatedFigures() == [], "\(random)")
                let figures = try read.evaluate()
                for (name, amount) in result.namedAmounts {
                    let derived = try figures[name]?.wholeUnits(digits: result.currency.exponent)
                    #expect(derived == amount.minorUnits, "\(random) \(name)")
                }
            }
        }
    }

    @Test("a figure that states another value is found")
    func misstated() throws {
        let text = try v2.derivation.jsonText.replacing(
            #""figure":"total","value":"8.94""#, with: #""figure":"total","value":"8.95""#)
        let read = try JSONDecoder().decode(Derivation.self, from: Data(text.utf8))
        #expect(try read.misstatedFigures() == [DerivationName(.total)])
        #expect(try read.evaluate()[DerivationName(.total)]?.wholeUnits(digits: 2) == 894)
    }

    @Test("a literal that differs moves what depends on it")
    func depends() throws {
        let text = try v2.derivation.jsonText.replacing(
            #"{"input":"policy.return_shipping_fee","value":"7.95"}"#,
            with: #"{"input":"policy.return_shipping_fee","value":"0.95"}"#)
        let read = try JSONDecoder().decode(Derivation.self, from: Data(text.utf8))
        #expect(try read.evaluate()[DerivationName("tenders[0].amount")!]?.wholeUnits(digits: 2) == 1594)
    }

    @Test("is written the same by the encoder and as stored text, and each figure once")
    func forms() throws {
        let result = try v2
        let encoded = try JSONSerialization.jsonObject(with: JSONEncoder().encode(result)) as? [String: Any]
        let text = try JSONSerialization.jsonObject(with: Data(result.storedText.utf8)) as? [String: Any]
        #expect(NSDictionary(dictionary: try #require(encoded)) == NSDictionary(dictionary: try #require(text)))
        #expect(result.derivation.jsonText.ranges(of: #""figure":"lines[0].net","value""#).count == 1)
        let read = try JSONDecoder().decode(RefundResult.self, from: JSONEncoder().encode(result))
        #expect(read.storedText == result.storedText)
    }

    @Test("what of the shipping refund is tax is stored, and no member of the answer to a request")
    func shippingTax() throws {
        let order = RefundVectorTests.twoLines(policy: #""original_shipping":"always""#).replacing(
            #""shipping":{"amount":"0.00","tax":"0.00""#, with: #""shipping":{"amount":"5.00","tax":"0.40""#)
        let result = try RefundFixtures.answer(order)
        #expect(result.shippingRefundTax?.decimalString == "0.40")
        #expect(!result.jsonText.contains(#""shipping_refund_tax":"#))
        #expect(result.storedText.contains(#""shipping_refund_tax":"0.40""#))
        let read = try JSONDecoder().decode(RefundResult.self, from: Data(result.storedText.utf8))
        #expect(read.shippingRefundTax == result.shippingRefundTax)
    }

    @Test("texts of the request are escaped")
    func escapes() throws {
        let id = "l\"1\\\n\u{1}é"
        let escaped = String(decoding: try JSONEncoder().encode(id), as: UTF8.self)
        let result = try RefundFixtures.answer(RefundVectorTests.twoLines().replacing(#""l1""#, with: escaped))
        let text = try JSONDecoder().decode(RefundResult.self, from: Data(result.jsonText.utf8))
        #expect(text.lines.map(\.lineID) == [id])
    }

    @Test("a derivation that cannot be evaluated says why")
    func malformed() throws {
        func derivation(_ figures: String) throws -> Derivation {
            let text = #"{"version":1,"currency":"USD","digits":2,"figures":[\#(figures)]}"#
            return try JSONDecoder().decode(Derivation.self, from: Data(text.utf8))
        }
        let total = DerivationName(.total)
        let early = try derivation(#"{"figure":"total"}"#)
        #expect(throws: DerivationError.unknownFigure(total)) { try early.evaluate() }
        let sum = #"{"figure":"total","op":"sum","of":[{"value":"1"}]}"#
        let twice = try derivation("\(sum),\(sum)")
        #expect(throws: DerivationError.derivedTwice(total)) { try twice.evaluate() }
        let huge = #"{"value":"9000000000000000000"}"#
        let overflow = try derivation(#"{"op":"product","of":[\#(huge),\#(huge),\#(huge)]}"#)
        #expect(throws: DerivationError.arithmetic(.overflow)) { try overflow.evaluate() }
        #expect(throws: DecodingError.self) { try derivation(#"{"figure":"lines[x].net"}"#) }
        #expect(throws: DecodingError.self) { try derivation(#"{"op":"divide","of":[]}"#) }
    }

    @Test("names are read as they are written", arguments: DerivationName.List.allCases)
    func names(list: DerivationName.List) {
        for field in DerivationField.allCases {
            let name = list == .none ? DerivationName(field) : DerivationName(list, 12, field)
            #expect(DerivationName("\(name)") == name)
        }
        for wrong in [
            "", "lines", "lines[0]", "lines[-1].net", "lines[0].", "lines[0]net", "[0].net", "lines[0].price",
        ] {
            #expect(DerivationName(wrong) == nil)
        }
    }

    private var v2: RefundResult {
        get throws {
            try RefundFixtures.answer(
                RefundVectorTests.twoLines(policy: #""restocking_fee_percent":"15","return_shipping_fee":"7.95""#))
        }
    }
}

extension RefundResult {
    var namedAmounts: [(DerivationName, Money)] {
        let ofLines = lines.enumerated().flatMap { index, line in
            [
                (DerivationName(.lines, index, .net), line.net), (DerivationName(.lines, index, .tax), line.tax),
                (DerivationName(.lines, index, .gradeDeduction), line.gradeDeduction),
                (DerivationName(.lines, index, .restockingFee), line.restockingFee),
                (DerivationName(.lines, index, .amount), line.amount),
            ] + (line.keptDeduction.map { [(DerivationName(.lines, index, .keptDeduction), $0)] } ?? [])
        }
        let shippingTax = shippingRefundTax.map { [(DerivationName(.shippingRefundTax), $0)] } ?? []
        let sums: [(DerivationField, Money)] = [
            (.shippingRefund, shippingRefund), (.returnShippingFee, returnShippingFee),
            (.exchangeTotal, exchangeTotal), (.total, total), (.unrecoveredFees, unrecoveredFees), (.capped, capped),
            (.amountDue, amountDue),
        ]
        return ofLines + shippingTax + sums.map { (DerivationName($0.0), $0.1) }
            + tenders.enumerated().map { (DerivationName(.tenders, $0.offset, .amount), $0.element.amount) }
    }
}
