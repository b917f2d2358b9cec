import Commerce
import Contracts
import Foundation
import Messaging
import Support
import Testing
import Views

@testable import Returns

@Suite("What an exchange asks for")
struct ExchangeOfferTests {
    private let call = EffectCall(
        workspaceID: WorkspaceID(), key: "k", now: Date(timeIntervalSince1970: 1_772_619_330))

    private func offer(
        _ sku: String, isForSale: Bool = true, policy: String = "DENY", quantity: Int = 2, status: String = "ACTIVE",
        isTracked: Bool = true
    ) -> String {
        """
        {"sku":"\(sku)","availableForSale":\(isForSale),"inventoryPolicy":"\(policy)","inventoryQuantity":\(quantity),
         "product":{"status":"\(status)","tracksInventory":\(isTracked)}}
        """
    }

    private func finding(
        _ offers: [String], _ wanted: [SKUQuantity]
    ) async throws -> CreateReturnHandler.Finding {
        let body = #"{"data":{"productVariants":{"nodes":[\#(offers.joined(separator: ","))]}}}"#
        let shop = StubHTTP(["POST /graphql.json": .init(body: body)])
        return try await CreateReturnHandler(accounts: .onlyShopify(shop))
            .perform(.init(wanted: wanted), for: call)
    }

    @Test("what the shop does not sell, sells no more, or has too little of is refused with its field")
    func refused() async throws {
        let one = [SKUQuantity(sku: "SLIP", quantity: 1)]
        let twice = [SKUQuantity(sku: "SLIP", quantity: 2), SKUQuantity(sku: "SLIP", quantity: 1)]
        let cases: [([String], [SKUQuantity], String, String)] = [
            ([], one, "unknown_sku", "exchange_lines.0.sku"),
            ([offer("slip")], one, "unknown_sku", "exchange_lines.0.sku"),
            ([offer("SLIP", status: "ARCHIVED")], one, "not_sold", "exchange_lines.0.sku"),
            ([offer("SLIP", isForSale: false)], one, "not_available", "exchange_lines.0.quantity"),
            ([offer("SLIP")], twice, "not_available", "exchange_lines.1.quantity"),
        ]
        for (offers, wanted, code, field) in cases {
            let finding = try await finding(offers, wanted)
            #expect(finding.refusal?.code == code && finding.refusal?.field == field)
            #expect(finding.refusal?.message.contains("'SLIP'") == true && finding.silence == nil)
        }
    }

    @Test("what the shop counts not, or sells beyond its stock, is there in any number")
    func unlimited() async throws {
        let wanted = [SKUQuantity(sku: "SLIP", quantity: 9)]
        let offers = [
            offer("SLIP", policy: "CONTINUE"), offer("SLIP", isTracked: false), offer("SLIP", quantity: 0),
            offer("SLIP", quantity: 9),
        ]
        for offer in offers {
            let finding = try await finding([offer], wanted)
            #expect(finding.refusal == nil && finding.silence == nil)
        }
    }

    @Test("a shop that does not answer keeps nobody from asking")
    func silent() async throws {
        let finding = try await CreateReturnHandler(accounts: .onlyShopify(StubHTTP([:])))
            .perform(.init(wanted: [.init(sku: "SLIP", quantity: 1)]), for: call)
        #expect(finding.refusal == nil && finding.silence != nil)
    }

    @Test("a no of the shop leaves nothing behind; that it was not asked is shown", .enabled(if: ReturnsBench.isThere))
    func opened() async throws {
        try await ReturnsBench.run { bench in
            try await bench.deliverOrder()
            try await bench.set(policy: #""resolutions":["exchange"]"#)
            var asked = ReturnRequest(
                orderID: "\(bench.orderID)", lines: [.init(sku: "ROBE", quantity: 1, reason: "wrong_size")],
                resolution: .exchange)
            asked.exchangeLines = [.init(sku: "SLIP", quantity: 1)]
            let command = CreateReturn(request: asked, channel: .api)
            let no = Refusal(code: "not_sold", message: "No more.", field: "exchange_lines.0.sku")
            let refusal = await #expect(throws: Refusal.self) {
                try await bench.handle { try await ReturnsBench.create(command, .init(refusal: no), in: $0) }
            }
            #expect(refusal == no)
            #expect(try await bench.heldUnits() == 0)
            let id = try await bench.handle {
                try await ReturnsBench.create(command, .init(silence: "It is away."), in: $0)
            }
            let timeline = try await bench.record(id).timeline
            #expect(timeline?.contains { $0.type == "return.exchange_unchecked" } == true)
        }
    }
}
