import Commerce
import Contracts
import Foundation
import Testing

@testable import Messaging
@testable import Returns

@Suite("News of disputes", .tags(.postgres), .enabled(if: ReturnsBench.isThere))
struct DisputeUpdateTests {
    /// News of a dispute: its id, and the provider's word.
    struct News: Sendable, Equatable, CustomStringConvertible {
        var id: Int
        var status: String

        var description: String { "\(id) \(status)" }
    }

    /// What is left when all is heard.
    struct End: Equatable {
        var refunded, pending, room: Int64
        var disputed: Int
        var disputedBy: String?
    }

    private func end(_ news: [News], refundedBefore: String? = nil) async throws -> End {
        try await ReturnsBench.run { bench in
            try await bench.readPaidOrder()
            if let refundedBefore { _ = try await bench.request(amount: refundedBefore) }
            for item in news { try await bench.hear(item.status, of: item.id) }
            let tender = try await bench.tender()
            return End(
                refunded: tender.refunded, pending: tender.pending, room: tender.room,
                disputed: try await bench.balance(.disputed), disputedBy: tender.disputedBy)
        }
    }

    @Test(
        "two disputes of one payment: any order and repetition of their news ends in the same ledger",
        arguments: [
            [
                News(id: 5, status: "needs_response"), News(id: 5, status: "won"),
                News(id: 6, status: "needs_response"), News(id: 6, status: "lost"),
            ],
            [
                News(id: 5, status: "needs_response"), News(id: 6, status: "needs_response"),
                News(id: 6, status: "accepted"), News(id: 7, status: "prevented"),
            ],
            [
                News(id: 5, status: "needs_response"), News(id: 5, status: "under_review"),
                News(id: 6, status: "won"), News(id: 6, status: "needs_response"),
            ],
        ], [nil, "113.00"])
    func permutations(news: [News], refundedBefore: String?) async throws {
        let expected = try await end(news + news, refundedBefore: refundedBefore)
        for order in news.permutations {
            #expect(try await end(order, refundedBefore: refundedBefore) == expected, "\(order)")
            #expect(try await end(order + [order[0]], refundedBefore: refundedBefore) == expected, "\(order), repeated")
        }
        let isOpen = !news.contains { $0.id == 5 && $0.status == "won" }
        #expect(expected.disputedBy == (isOpen ? "shopify-dispute-5" : nil))
    }

    @Test("the payment stays marked while one of its disputes is open")
    func marks() async throws {
        try await ReturnsBench.run { bench in
            try await bench.readPaidOrder()
            try await bench.hear("needs_response", of: 5)
            try await bench.hear("needs_response", of: 6)
            try await bench.hear("won", of: 5)
            #expect(try await bench.tender().disputedBy == "shopify-dispute-6")
            let refusal = await #expect(throws: Refusal.self) { try await bench.request(amount: "1.00") }
            #expect(refusal?.code == "nothing_refundable")
            try await bench.hear("prevented", of: 6)
            #expect(try await bench.tender().disputedBy == nil)
            _ = try await bench.request(amount: "113.00")
        }
    }

    @Test("a dispute of a payment without room marks it, and is not opened again by late news")
    func withoutRoom() async throws {
        try await ReturnsBench.run { bench in
            try await bench.readPaidOrder()
            _ = try await bench.request(amount: "113.00")
            try await bench.hear("won", of: 5)
            try await bench.hear("needs_response", of: 5)
            #expect(try await bench.tender().disputedBy == nil)
            #expect(try await bench.entries() == ["captured", "refund_requested"])
        }
    }

    @Test("a dispute in another currency, or without an amount, is put where a person sees it")
    func malformed() async throws {
        try await ReturnsBench.run { bench in
            try await bench.readPaidOrder()
            for fields in [#""amount":"113.00","currency":"EUR""#, #""currency":"USD""#] {
                await #expect(throws: MalformedMessage.self) {
                    try await bench.hear(#"{"id":5,"order_id":77,"status":"lost",\#(fields)}"#)
                }
            }
            #expect(try await bench.tender().room == 11_300)
        }
    }
}

extension ReturnsBench {
    func hear(_ status: String, of id: Int) async throws {
        try await hear(#"{"id":\#(id),"order_id":77,"amount":"113.00","currency":"USD","status":"\#(status)"}"#)
    }

    func hear(_ json: String) async throws {
        let payload = try ShopMoneyPayload(json: Array(json.utf8))
        try await handle { [orderID] in
            try await DisputeUpdate(orderID: orderID, dispute: payload, transaction: $0).post()
        }
    }
}

extension Array {
    /// All orders of the elements.
    var permutations: [[Element]] {
        guard count > 1 else { return [self] }
        return indices.flatMap { index in
            var rest = self
            let element = rest.remove(at: index)
            return rest.permutations.map { [element] + $0 }
        }
    }
}
