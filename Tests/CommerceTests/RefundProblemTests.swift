import Commerce
import Foundation
import Testing

@Suite("Problems of a refund request")
struct RefundProblemTests {
    /// What is replaced in a good request by what, and the problem that follows.
    static let rows: [(String, String, RefundProblem.Code, String)] = [
        (#""USD""#, #""usd""#, .unknownCurrency, "currency"),
        (#""USD""#, "null", .missing, "currency"),
        (#""discount":"6.00""#, #""discount":6.00"#, .amountIsNumber, "order.lines[0].discount"),
        (#""discount":"6.00""#, #""discount":"6.005""#, .tooPrecise, "order.lines[0].discount"),
        (#""discount":"6.00""#, #""discount":"6.000""#, .tooPrecise, "order.lines[0].discount"),
        (#""discount":"6.00""#, #""discount":"-6.00""#, .negativeAmount, "order.lines[0].discount"),
        (#""discount":"6.00""#, #""discount":"six""#, .badAmount, "order.lines[0].discount"),
        (#""discount":"6.00""#, #""discount":"59.98""#, .discountAboveLine, "order.lines[0].discount"),
        (
            #""discount":"6.00""#, #""discount":"99999999999999999999999999""#, .amountTooLarge,
            "order.lines[0].discount"
        ),
        (#""discount":"6.00""#, #""discount":"10000000000000.01""#, .amountTooLarge, "order.lines[0].discount"),
        (#""discount":"6.00","#, "", .missing, "order.lines[0].discount"),
        (#""unit_price":"19.99""#, #""unit_price":"-1""#, .negativeAmount, "order.lines[0].unit_price"),
        (#""unit_price":"19.99""#, #""unit_price":"1e2""#, .badAmount, "order.lines[0].unit_price"),
        (#""unit_price":"19.99""#, #""unit_price":"0.123456789""#, .tooPrecise, "order.lines[0].unit_price"),
        (#""unit_price":"19.99""#, #""unit_price":"99999999999""#, .amountTooLarge, "order.lines[0].unit_price"),
        (#""quantity":3"#, #""quantity":0"#, .badQuantity, "order.lines[0].quantity"),
        (#""quantity":3"#, #""quantity":"3""#, .badQuantity, "order.lines[0].quantity"),
        (#""quantity":3"#, #""quantity":9223372036854775808"#, .badQuantity, "order.lines[0].quantity"),
        (#""id":"l2""#, #""id":"l1""#, .duplicateID, "order.lines[1].id"),
        (#""id":"l2""#, #""id":"""#, .missing, "order.lines[1].id"),
        (#""taxes_included":false"#, #""taxes_included":"no""#, .wrongType, "order.taxes_included"),
        (#""shipping":{"#, #""shipped":{"#, .missing, "order.shipping"),
        (#""0.00","pending""#, #""98.00","pending""#, .tenderOverdrawn, "order.tenders[0].captured"),
        (#""kind":"card","#, "", .missing, "order.tenders[0].kind"),
        (#""line_id":"l1""#, #""line_id":"l9""#, .unknownLine, "return.lines[0].line_id"),
        (#""quantity":1}]}"#, #""quantity":-1}]}"#, .badQuantity, "return.lines[0].quantity"),
        (#""quantity":1}]}"#, #""quantity":4}]}"#, .quantityAboveSold, "return.lines[0].quantity"),
        (#""quantity":1}]}"#, #""quantity":1},7]}"#, .wrongType, "return.lines[1]"),
        (#"[{"line_id":"l1","quantity":1}]"#, "[]", .noLines, "return.lines"),
        (
            #""already_returned":[]"#, #""already_returned":[{"line_id":"x","quantity":1}]"#, .unknownLine,
            "already_returned[0].line_id"
        ),
        (
            #""already_returned":[]"#, #""already_returned":[{"line_id":"l1","quantity":4}]"#, .quantityAboveSold,
            "already_returned[0].quantity"
        ),
        (#""quantity":1}]}"#, #""quantity":1,"fees_waived_by":7}]}"#, .wrongType, "return.lines[0].fees_waived_by"),
        (#""quantity":1}]}"#, #""quantity":1,"fees_waived_by":""}]}"#, .badName, "return.lines[0].fees_waived_by"),
        (#""quantity":1}]}"#, #""quantity":1,"kept":true}]}"#, .wrongType, "return.lines[0].kept"),
        (#""quantity":1}]}"#, #""quantity":1,"kept":{}}]}"#, .missing, "return.lines[0].kept.percent"),
        (
            #""quantity":1}]}"#, #""quantity":1,"kept":{"percent":"101"}}]}"#, .badPercentage,
            "return.lines[0].kept.percent"
        ),
        (
            #""quantity":1}]}"#, #""quantity":1,"kept":{"percent":30}}]}"#, .amountIsNumber,
            "return.lines[0].kept.percent"
        ),
        (#""quantity":1}]}"#, #""quantity":1,"kept":{"percent":"30","by":""}}]}"#, .badName, "return.lines[0].kept.by"),
        (#""policy":{"#, #""policy":{"restocking_fee_percent":"101""#, .badPercentage, "policy.restocking_fee_percent"),
        (#""policy":{"#, #""policy":{"restocking_fee_percent":15"#, .amountIsNumber, "policy.restocking_fee_percent"),
        (#""policy":{"#, #""policy":{"original_shipping":"sometimes""#, .unknownValue, "policy.original_shipping"),
        (#""policy":{"#, #""policy":{"tender_order":"random""#, .unknownValue, "policy.tender_order"),
        (#""policy":{"#, #""policy":{"tender_order":[1]"#, .wrongType, "policy.tender_order[0]"),
        (#""policy":{"#, #""policy":{"grades":{"B":"80"}"#, .unknownGrade, "return.lines[0].grade"),
        (#""policy":{"#, #""policy":{"grades":{"A":"-1"}"#, .badPercentage, "policy.grades.A"),
        (#""policy":{"#, #""policy":{"return_shipping_fee":"-0.01""#, .negativeAmount, "policy.return_shipping_fee"),
        (#""policy":{"#, #""policy":{"fee_waived_reasons":"all""#, .wrongType, "policy.fee_waived_reasons"),
    ]

    @Test("each names its field and says what to do", arguments: rows)
    func each(good: String, bad: String, code: RefundProblem.Code, field: String) throws {
        let request = RefundVectorTests.twoLines()
        let position = try #require(request.range(of: good))
        let problems = problems(of: request.replacingCharacters(in: position, with: bad))
        #expect(problems.map(\.code) == [code])
        #expect(problems.map(\.field) == [field])
        #expect(problems.allSatisfy { $0.message.hasSuffix(".") && $0.message.contains(";") || code == .unknownLine })
    }

    @Test("all are told at once, in reading order, and none that only follows from another")
    func all() {
        let request = RefundVectorTests.twoLines(policy: #""restocking_fee_percent":"x""#)
            .replacing(#""unit_price":"19.99""#, with: #""unit_price":false"#)
            .replacing(#""refunded":"0.00","pending":"0.00""#, with: #""refunded":"99.00","pending":"0.00""#)
        let problems = problems(of: request)
        #expect(
            problems.map(\.field) == [
                "order.lines[0].unit_price", "policy.restocking_fee_percent", "order.tenders[0].captured",
            ])
    }

    @Test(
        "what is no request at all is refused, never trapped on", arguments: ["{}", #"{"order":[]}"#, #"{"return":1}"#])
    func empty(json: String) {
        #expect(problems(of: json).map(\.field).contains("order"))
    }

    @Test("the largest amounts are computed, and larger ones refused")
    func largest() throws {
        let line = #""id":"l1","sku":"A","quantity":200,"unit_price":"50000000000","discount":"0.00","#
        let policy = #""restocking_fee_percent":"12.34567891","restocking_fee_taxed":true,"#
        let request = RefundVectorTests.twoLines(policy: policy + #""original_shipping":"pro_rata""#)
            .replacing(#""id":"l1","sku":"A","quantity":3,"unit_price":"19.99","discount":"6.00","#, with: line)
            .replacing(#""tax":"4.79""#, with: #""tax":"10000000000000.00""#)
            .replacing(#""97.96""#, with: #""10000000000000.00""#)
        let answer = try RefundFixtures.answer(request)
        #expect(answer.lines[0].net.decimalString == "50000000000.00")
        #expect(try answer.derivation.misstatedFigures() == [])
    }

    @Test("a policy alone is judged as well, wherever it stands")
    func policy() throws {
        let text =
            #"{"restocking_fee_percent":"15","return_shipping_fee":"-1","original_shipping":"x","grades":{"A":"x"}}"#
        let form = try JSONDecoder().decode(RefundPolicyForm.self, from: Data(text.utf8))
        let currency = try #require(Currency(code: "USD"))
        let problems = #expect(throws: RefundProblems.self) { try form.policy(in: currency, at: "fees") }
        #expect(
            problems?.problems.map(\.field) == ["fees.original_shipping", "fees.grades.A", "fees.return_shipping_fee"])
        let good = try JSONDecoder().decode(
            RefundPolicyForm.self, from: Data(#"{"tender_order":["card"],"grades":{"A":"90"}}"#.utf8))
        #expect(try good.policy(in: currency).tenderOrder == .kinds(["card"]))
        let again = try JSONDecoder().decode(RefundPolicyForm.self, from: JSONEncoder().encode(good))
        #expect(again == good)
    }

    @Test("lists are bounded")
    func bounded() {
        let many = Array(repeating: #"{"line_id":"l1","quantity":1}"#, count: RefundLimits.linesMax + 1)
        let request = RefundVectorTests.twoLines()
            .replacing(#""already_returned":[]"#, with: #""already_returned":[\#(many.joined(separator: ","))]"#)
        #expect(problems(of: request).map(\.code) == [.tooMany])
    }

    @Test("a program that builds a request itself is told as well")
    func typed() throws {
        let request = try RefundFixtures.form(RefundVectorTests.twoLines()).request()
        let other = try #require(Currency(code: "EUR"))
        let wrong = RefundRequest(
            currency: request.currency, order: request.order,
            others: OtherReturns(units: ["l1": UnitNumbers([1, 2])], shipping: .zero(other)),
            lines: [
                ReturnedLine(lineID: "l1", units: UnitNumbers([2])),
                ReturnedLine(lineID: "l2", units: UnitNumbers([2])),
            ])
        #expect(wrong.problems.map(\.code) == [.currencyMismatch, .unitUnavailable, .unitUnavailable])
        #expect(throws: RefundProblems.self) { try RefundCalculation.result(for: wrong) }
    }

    private func problems(of json: String) -> [RefundProblem] {
        do {
            _ = try RefundFixtures.answer(json)
            return []
        } catch {
            return (error as? RefundProblems)?.problems ?? []
        }
    }
}
