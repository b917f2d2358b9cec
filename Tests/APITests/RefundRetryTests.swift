import Commerce
import Contracts
import Foundation
import Messaging
import Testing

@testable import API

/// What a caller sees who repeats a refund that was not answered in time.
@Suite("Refunds repeated after a 503", .tags(.postgres), .enabled(if: TestDatabase.isThere))
struct RefundRetryTests {
    private let body = #"{"amount":"5.00","reason":"broken"}"#

    @Test("the refund that the first request made is told, and it was asked for under one message id")
    func accepted() async throws {
        try await APIBench.run { bench in
            let order = try await bench.insertOrder()
            let path = "/orders/\(order.id)/refunds"
            let first = try await bench.post(path, body, idempotencyKey: "k1")
            #expect(first.status == 503 && first.code == "unavailable")
            let refund = RefundID()
            try await bench.insertRefund(refund, of: order.id)
            try await bench.answerNext(.accepted(RawJSON(text: #"{"refund_id":"\#(refund)"}"#)), as: .returns)
            let second = try await bench.post(path, body, idempotencyKey: "k1")
            #expect(second.status == 201 && second.json["id"] == .string("\(refund)"), "\(second.json)")
            let third = try await bench.post(path, body, idempotencyKey: "k1")
            #expect(third.status == 201 && third.json == second.json)
            #expect(Set(try await bench.sent().map(\.envelope.attributes.id)).count == 1)
        }
    }

    @Test("what refused the first request is told again")
    func refused() async throws {
        try await APIBench.run { bench in
            let order = try await bench.insertOrder()
            let path = "/orders/\(order.id)/refunds"
            #expect(try await bench.post(path, body, idempotencyKey: "k1").status == 503)
            let refusal = Refusal(code: "nothing_refundable", message: "0.00 USD can still be refunded.")
            try await bench.answerNext(.refused(refusal), as: .returns)
            for _ in 0..<2 {
                let again = try await bench.post(path, body, idempotencyKey: "k1")
                #expect(again.status == 409 && again.code == "nothing_refundable")
            }
        }
    }

    @Test("another request under the key is refused, and not answered with what became of the first")
    func otherRequest() async throws {
        try await APIBench.run { bench in
            let order = try await bench.insertOrder()
            let path = "/orders/\(order.id)/refunds"
            #expect(try await bench.post(path, body, idempotencyKey: "k1").status == 503)
            let refund = RefundID()
            try await bench.insertRefund(refund, of: order.id)
            try await bench.answerNext(.accepted(RawJSON(text: #"{"refund_id":"\#(refund)"}"#)), as: .returns)
            let other = try await bench.post(path, body.replacing("5.00", with: "50.00"), idempotencyKey: "k1")
            #expect(other.status == 422 && other.code == "idempotency_key_reused")
            #expect(try await bench.sent().count == 1)
            #expect(try await bench.post(path, body, idempotencyKey: "k1").status == 201)
        }
    }
}
