import Commerce
import HTTPTransport
import Providers
import Testing

@Suite("The stock of a draft order, the client against the simulator")
struct ShopifyReservationClientTests {
    private let until = "2026-03-20T05:00:00Z"

    private func draft(in shop: ClientShop) async throws -> ShopifyID {
        let lines: [ShopifyDraftOrderRequest.Line] = [
            .init(.custom(title: "Silk slip", sku: "MIE-SLIP-S", price: "39.00"), quantity: 1)
        ]
        return try await shop.client.createDraftOrder(
            ShopifyDraftOrderRequest(reference: "ret_5", lines: lines), since: "2026-03-01T00:00:00Z"
        ).id
    }

    /// In the shop's words; nil for any other failure.
    private func refusal(of draft: ShopifyID, in shop: ClientShop) async -> String? {
        let failure = await #expect(throws: ProviderFailure.self) {
            _ = try await shop.client.reserveGoods(of: draft, until: until)
        }
        guard case .refused(_, let message)? = failure else { return nil }
        return message
    }

    @Test("goods are kept although the answer is lost, and another time takes the place of the one before")
    func reserved() async throws {
        try await SimulatedHTTP.run { http in
            let shop = try ClientShop(http, .idempotent)
            let draft = try await draft(in: shop)
            #expect(try await shop.client.reservation(of: draft) == nil)
            let first = try await http.losing("shopify", "POST", "*/graphql.json") {
                try await shop.client.reserveGoods(of: draft, until: until)
            }
            #expect(first.hasPrefix("2026-03-20T05:00:00"))
            let second = try await shop.client.reserveGoods(of: draft, until: "2026-03-25T05:00:00Z")
            #expect(second.hasPrefix("2026-03-25T05:00:00"))
            #expect(try await shop.client.reservation(of: draft) == second)
            let drafts = try await http.state("shopify")["draftOrders"]?.elements ?? []
            #expect(drafts.map { $0["reserve_inventory_until"]?.text } == [second])
            #expect(try await shop.client.draftOrder(draft).status == .open)
        }
    }

    @Test("a draft that is gone, or is an order by now, keeps nothing")
    func refused() async throws {
        try await SimulatedHTTP.run { http in
            let shop = try ClientShop(http, .idempotent)
            #expect(await refusal(of: "1", in: shop) == "Draft order does not exist")
            await #expect(throws: ProviderFailure.self) { _ = try await shop.client.reservation(of: "1") }
            let draft = try await draft(in: shop)
            try await http.control("POST", "shopify/draft-orders/\(draft)/pay")
            #expect(await refusal(of: draft, in: shop) == "This order has been paid")
        }
    }

    @Test("a shop that cannot or may not keep them says so, and keeps nothing")
    func unreserved() async throws {
        try await SimulatedHTTP.run { http in
            let shop = try ClientShop(http, .idempotent)
            let draft = try await draft(in: shop)
            try await http.control("POST", "shopify/draft-orders/reservations", #"{"refusal":"Not enough in stock."}"#)
            #expect(await refusal(of: draft, in: shop) == "Not enough in stock.")
            try await http.control("POST", "shopify/draft-orders/reservations", #"{"refusal":null}"#)
            try await http.control(
                "POST", "faults",
                #"""
                {"provider":"shopify","method":"POST","path":"*/graphql.json","mode":"status","status":200,
                 "body":{"errors":[{"message":"Access denied","extensions":{"code":"ACCESS_DENIED"}}]}}
                """#)
            #expect(await refusal(of: draft, in: shop) == "Access denied")
            #expect(try await shop.client.reservation(of: draft) == nil)
            _ = try await shop.client.reserveGoods(of: draft, until: until)
            #expect(try await shop.client.reservation(of: draft) != nil)
        }
    }
}
