import Commerce
import Contracts
import Messaging
import Testing

@testable import API

@Suite("A return that is approved in part", .tags(.postgres), .enabled(if: TestDatabase.isThere))
struct PartialApprovalTests {
    @Test("what is kept of a return goes to its owner by line, with what the customer is told of the rest")
    func part() async throws {
        try await APIBench.run(patience: .seconds(60)) { bench in
            let goods = try await bench.insertReturn(.init(status: .inReview))
            async let answered: Void = bench.answerNext(.accepted(.emptyObject), as: .returns)
            let answer = try await bench.post(
                "/returns/\(goods.id)/approve",
                #"{"reason":"r","message":"Worn.","lines":[{"sku":"MIE-ROBE-S","quantity":1}]}"#)
            try await answered
            #expect(answer.status == 202 && answer.json["declined"] == [])
            let command = try #require(try await bench.sent().first).envelope.data(DecideReturn.self)
            #expect(command.lines == [.init(lineID: "l2", quantity: 1)] && command.message == "Worn.")
            let wrong = [
                (#""lines":[]"#, "lines"), (#""lines":[{"sku":"CAP","quantity":1}]"#, "lines.0.sku"),
                (#""lines":[{"line_id":"l2","quantity":0}]"#, "lines.0.quantity"), (#""message":"Worn.""#, "message"),
                (#""exchange_lines":[{"sku":"CAP","quantity":1}]"#, "exchange_lines"),
            ]
            for (members, field) in wrong {
                let refused = try await bench.post("/returns/\(goods.id)/approve", #"{"reason":"r",\#(members)}"#)
                #expect(refused.status == 422 && refused.json["field"] == .string(field), "\(members)")
            }
        }
    }

    @Test("a part of what was approved before is 409, with the field")
    func settled() async throws {
        try await APIBench.run(patience: .seconds(60)) { bench in
            let goods = try await bench.insertReturn(.init(status: .inReview))
            let refusal = CommandReply.refused(Refusal(code: "lines_settled", message: "Too late.", field: "lines"))
            async let answered: Void = bench.answerNext(refusal, as: .returns)
            let answer = try await bench.post(
                "/returns/\(goods.id)/approve", #"{"reason":"r","lines":[{"line_id":"l2","quantity":1}]}"#)
            try await answered
            #expect(answer.status == 409 && answer.code == "lines_settled" && answer.json["field"] == "lines")
        }
    }
}
