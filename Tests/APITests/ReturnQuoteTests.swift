import Commerce
import Foundation
import Postgres
import Testing

@testable import API

@Suite("Quoting a return", .tags(.postgres), .enabled(if: TestDatabase.isThere))
struct ReturnQuoteTests {
    @Test("what was delivered in time is eligible and priced at what it came to; the policy's reasons are told")
    func eligible() async throws {
        try await APIBench.run { bench in
            let order = try await bench.insertOrder()
            try await bench.paid(order.id)
            try await bench.deliver(order.id, quantity: 3, at: Date())
            let answer = try await bench.post(
                "/returns/quote",
                #"{"order_id":"\#(order.id)","lines":[{"line_id":"l2","quantity":1,"reason":"changed_mind"}]}"#)
            #expect(answer.status == 200, "\(answer.json)")
            let line = answer.json["lines"]?.elements.first
            #expect(line?["eligible"] == true && line?["line_id"] == "l2", "\(answer.json)")
            #expect(answer.json["refund"]?["lines"]?.elements.first?["net"] == "74.50")
            #expect(answer.json["decision"]?["explanation"] != nil)
        }
    }

    @Test("what no return gives is not quoted, and where to ask for it is told", arguments: ["replace", "repair"])
    func unsupported(resolution: String) async throws {
        try await APIBench.run { bench in
            let order = try await bench.insertOrder()
            try await bench.paid(order.id)
            try await bench.deliver(order.id, quantity: 3, at: Date())
            let answer = try await bench.post(
                "/returns/quote",
                #"{"order_id":"\#(order.id)","lines":[{"line_id":"l2","quantity":1}],"resolution":"\#(resolution)"}"#)
            #expect(answer.status == 422 && answer.code == "unsupported_resolution", "\(answer.json)")
            #expect(answer.json["field"] == "resolution")
        }
    }

    @Test("a line whose reason has to be shown is not eligible until it is")
    func evidence() async throws {
        try await APIBench.run { bench in
            let order = try await bench.insertOrder()
            try await bench.paid(order.id)
            try await bench.deliver(order.id, quantity: 3, at: Date())
            try await bench.set(
                policy: """
                    {"zones":[{"countries":["*"],"window":{"days":30}}],
                     "reasons":[{"code":"torn","evidence":"required"}]}
                    """)
            for (evidence, reason) in [("[]", "evidence_required"), (#"["https://a.example"]"#, "within_window")] {
                let line = #"{"line_id":"l2","quantity":1,"reason":"torn","evidence":\#(evidence)}"#
                let answer = try await bench.post(
                    "/returns/quote", #"{"order_id":"\#(order.id)","lines":[\#(line)]}"#)
                let quoted = answer.json["lines"]?.elements.first
                #expect(answer.status == 200 && quoted?["reason"] == .string(reason), "\(answer.json)")
            }
        }
    }

    @Test("fees are waived and goods credited line by line, by the rules that decided so")
    func terms() async throws {
        try await APIBench.run { bench in
            let order = try await bench.insertOrder()
            try await bench.paid(order.id)
            try await bench.deliver(order.id, quantity: 3, at: Date())
            try await bench.set(
                policy: """
                    {"zones":[{"countries":["*"],"window":{"days":30}}],
                     "fees":{"restocking_fee_percent":"10","return_shipping_fee":"7.95"},"rules":[
                     {"id":"mistakes","when":{"return.reason":"wrong_item"},"then":{"waive_fees":true}},
                     {"id":"stays","when":{"return.reason":"changed_mind"},"then":{"partial_credit":"40"}}]}
                    """)
            let lines = ["wrong_item", "changed_mind"].enumerated().map { index, reason in
                #"{"line_id":"l\#(index + 1)","quantity":1,"reason":"\#(reason)"}"#
            }
            let answer = try await bench.post(
                "/returns/quote", #"{"order_id":"\#(order.id)","lines":[\#(lines.joined(separator: ","))]}"#)
            #expect(answer.status == 200, "\(answer.json)")
            let refund = answer.json["refund"]
            let quoted = refund?["lines"]?.elements ?? []
            #expect(quoted.map { $0["restocking_fee"] } == ["0.00", "0.00"])
            #expect(quoted.map { $0["kept_deduction"] } == [nil, "44.70"])
            #expect(quoted.map { $0["amount"] } == ["74.50", "29.80"])
            #expect(refund?["return_shipping_fee"] == "0.00" && refund?["total"] == "104.30")
            let derivation = refund?["derivation"]?.text ?? ""
            #expect(derivation.contains("waived by rule mistakes"))
            #expect(derivation.contains("the goods do not come back, by rule stays"))
        }
    }

    @Test("facts that the vocabulary calls told are told by an order of the shop, and no others")
    func toldFacts() async throws {
        try await APIBench.run { bench in
            let order = try await bench.insertOrder()
            try await bench.paid(order.id)
            try await bench.deliver(order.id, quantity: 3, at: Date())
            try await bench.describe(order.id)
            let vocabulary = try await bench.get("/return-policy/vocabulary")
            #expect(vocabulary.status == 200)
            let conditions = vocabulary.json["conditions"]?.elements ?? []
            let untold = conditions.filter { $0["told"] == false }.compactMap { $0["name"]?.string }
            #expect(Set(untold) == ConditionVocabulary.untold)
            // A grade is told by inspection, after the quote.
            let later = Set(["return.grade"])
            let rules = conditions.compactMap { $0["name"]?.string }.map(Self.rule).joined(separator: ",")
            try await bench.set(policy: #"{"zones":[{"countries":["*"],"window":{"days":30}}],"rules":[\#(rules)]}"#)
            let answer = try await bench.post(
                "/returns/quote",
                #"{"order_id":"\#(order.id)","resolution":"original_payment","#
                    + #""lines":[{"line_id":"l2","quantity":1,"reason":"changed_mind"}]}"#)
            let found = answer.json["decision"]?["explanation"]?.text ?? ""
            for name in conditions.compactMap({ $0["name"]?.string }) {
                let isUnknown = found.contains("Whether rule \(name) applies is not known")
                #expect(isUnknown == (untold + later).contains(name), "\(name)")
            }
        }
    }

    /// A rule that asks for the fact alone.
    private static func rule(_ name: String) -> String {
        let value: String =
            switch ConditionVocabulary.field(name)?.kind {
            case .text(let choices?): "\"\(choices[0])\""
            case .text, .code, .texts: name == "return.zone" ? "\"zone_1\"" : "\"US\""
            case .day: "\"2026-01-01\""
            case .flag: "true"
            case .count, .amount, .percent, nil: name.hasSuffix("currency") ? "\"USD\"" : "1"
            }
        return #"{"id":"\#(name)","when":{"\#(name)":\#(name == "order.currency" ? "\"USD\"" : value)},"#
            + #""then":{"waive_fees":true}}"#
    }

    @Test("what has not shipped is not eligible, and nothing is refunded")
    func notShipped() async throws {
        try await APIBench.run { bench in
            let order = try await bench.insertOrder()
            let body =
                #"{"order_number":"\#(order.number)","email":"ANA@example.com","lines":[{"line_id":"l1","quantity":1}]}"#
            let answer = try await bench.post("/returns/quote", body)
            #expect(answer.status == 200, "\(answer.json)")
            #expect(answer.json["lines"]?.elements.first?["eligible"] == false)
            #expect(answer.json["lines"]?.elements.first?["reason"] == "not_fulfilled")
            #expect(answer.json["refund"] == .null && answer.json["decision"]?["outcome"] == "rejected")
        }
    }

    @Test("a wrong request is told with its field")
    func wrong() async throws {
        try await APIBench.run { bench in
            let order = try await bench.insertOrder()
            let wrong: [(body: String, field: String)] = [
                (#"{"lines":[{"sku":"X","quantity":1}]}"#, "order_id"),
                (#"{"order_id":"\#(OrderID())","lines":[{"sku":"X","quantity":1}]}"#, "order_id"),
                (#"{"order_number":"\#(order.number)","email":"eve@example.com","lines":[]}"#, "order_number"),
                (#"{"order_id":"\#(order.id)","lines":[]}"#, "lines"),
                (#"{"order_id":"\#(order.id)","lines":[{"sku":"NONE","quantity":1}]}"#, "lines.0.sku"),
                (#"{"order_id":"\#(order.id)","lines":[{"sku":"MIE-ROBE-S","quantity":1}]}"#, "lines.0.sku"),
                (
                    #"{"order_id":"\#(order.id)","resolution":"cash","lines":[{"line_id":"l1","quantity":1}]}"#,
                    "resolution"
                ),
            ]
            for (body, field) in wrong {
                let answer = try await bench.post("/returns/quote", body)
                #expect(answer.status == 422 && answer.json["field"] == .string(field), "\(body): \(answer.json)")
            }
        }
    }
}

extension APIBench {
    /// What a shop's order tells beside the lines.
    fileprivate func describe(_ order: OrderID) async throws {
        let told = """
            {"ordered_at":"2026-03-04T05:15:28Z","tags":["VIP"],"discount_codes":["TENOFF"],
             "customer":{"email":"ana@example.com","tags":["vip"]},
             "shipping_address":{"country":"US"},
             "lines":[{"id":"l1","sku":"MIE-ROBE-S","quantity":1,"unit_price":"74.5"},
              {"id":"l2","sku":"MIE-ROBE-S","quantity":2,"unit_price":"74.50","discount_codes":[],
               "product":{"id":"632910392","vendor":"Mienne","is_gift_card":false}}]}
            """
        try await owner.execute(
            """
            UPDATE order_ingest.orders SET document = document || \(JSONB(text: told)) WHERE id = \(order.uuid)
            """)
    }
}
