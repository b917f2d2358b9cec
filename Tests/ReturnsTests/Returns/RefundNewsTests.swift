import Commerce
import Contracts
import Messaging
import Providers
import Testing
import Views

@testable import Returns

@Suite("What webhooks are told of a refund's way", .tags(.postgres), .enabled(if: ReturnsBench.isThere))
struct RefundNewsTests {
    private struct News: Decodable {
        var refund: Refund
        var previous: Previous

        struct Refund: Decodable {
            var status: String
        }

        struct Previous: Decodable {
            var refund: Refund?
        }
    }

    @Test("each turn of the refund is news of its return, with the turn before")
    func turns() async throws {
        try await ReturnsBench.run { bench in
            try await bench.deliverOrder()
            let id = try await bench.sendLabel()
            try await bench.receive(id)
            try await bench.inspect(id, grade: "A", matched: true)
            _ = try await bench.assess(id)
            let refund = try #require(try await bench.refund(id).refundID)
            var before = "requested"
            for status in [RefundStatus.pending, .requiresAction, .succeeded] {
                let told = try await bench.settle(refund, as: status).filter { $0.attributes.type == "return.updated" }
                #expect(told.count == 1)
                let news: News = try #require(told.first).data()
                #expect(news.refund.status == status.rawValue && news.previous.refund?.status == before)
                before = status.rawValue
            }
        }
    }
}
