import Commerce
import Contracts
import Foundation
import Messaging
import Support
import Testing

@testable import OrderIngest

@Suite("What the world outside is told of an order", .enabled(if: TestBench.isThere))
struct OrderAnnouncementTests {
    private struct Told: Decodable {
        var id: OrderID
        var status: String
        var previous: [String: String?]?
    }

    private func told(_ sent: [Envelope]) -> [Envelope] {
        sent.filter { PublicEvent(rawValue: $0.attributes.type) != nil }
    }

    @Test("its creation, each change with the old values, and what it came to; nothing of the customer's person")
    func life() async throws {
        try await TestBench.run { bench in
            let update = try ShopOrderFixture().update
            let created = told(try await bench.handle { try await ReceiveShopOrder().receive(update, in: $0) }.sent)
            #expect(created.map(\.attributes.type) == ["order.created"])
            let id = try #require(created.first).data(Told.self).id
            #expect(created.first?.attributes.subject == id.description)
            #expect(try created.allSatisfy { try !$0.rawData().text.contains("@") })

            let again = told(try await bench.handle { try await ReceiveShopOrder().receive(update, in: $0) }.sent)
            #expect(again.isEmpty)

            let held = told(
                try await bench.handle {
                    try await HoldOrderHandler().handle(HoldOrder(orderID: id, reason: "fraud?"), in: $0)
                }.sent)
            #expect(held.map(\.attributes.type) == ["order.updated"])
            let json = try #require(held.first).rawData()
            let previous = json.members?.first { $0.name == "previous" }?.value
            #expect(previous?.text == #"{"status":"received","status_reason":null}"#)

            let news = sagaNews(id, "cancelled")
            let cancelled = told(try await bench.handle { try await ProjectSaga().handle(news, in: $0) }.sent)
            #expect(cancelled.map(\.attributes.type) == ["order.updated", "order.cancelled"])
        }
    }
}
