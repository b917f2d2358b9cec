import Commerce
import Contracts
import Foundation
import Messaging
import Providers
import Support
import Testing
import Views

@testable import Returns

/// A shop that sells a slip for 39.00 and has one draft order of it.
struct StubDraft: Sendable {
    static let until = "2026-03-20T10:15:30Z"

    /// What it is found again by.
    var tag = "ret-1"
    var status = "open"
    /// What is left to pay of it.
    var total = "0.00"
    /// Until when its goods are kept, as JSON.
    var reserved = "null"
    /// What the shop answers to whoever has them kept, as JSON.
    var update = #"{"draftOrder":{"reserveInventoryUntil":"\#(StubDraft.until)"},"userErrors":[]}"#
    /// Whether it is there already.
    var isListed = true

    static let refused = #"{"draftOrder":null,"userErrors":[{"field":["input"],"message":"Not enough in stock."}]}"#

    var shop: StubHTTP {
        let credited = draft(
            total,
            #","applied_discount":{},"note_attributes":[{"name":"exchange_subtotal","value":"39.00"},"#
                + #"{"name":"exchange_tax","value":"0.00"},{"name":"exchange_total","value":"39.00"}]"#)
        let variant = #"{"id":"gid://shopify/ProductVariant/1","sku":"SLIP","title":"Silk slip","price":"39.00"}"#
        return StubHTTP([
            "POST /graphql.json": .init(
                body: """
                    {"data":{"productVariants":{"nodes":[\(variant)]},"draftOrderUpdate":\(update),
                     "draftOrder":{"reserveInventoryUntil":\(reserved)}}}
                    """),
            "GET /draft_orders.json": .init(body: #"{"draft_orders":[\#(isListed ? credited : "")]}"#),
            "POST /draft_orders.json": .init(body: #"{"draft_order":\#(draft("39.00"))}"#),
            "PUT /draft_orders/9.json": .init(body: #"{"draft_order":\#(credited)}"#),
            "POST /send_invoice.json": .init(status: 201),
        ])
    }

    private func draft(_ total: String, _ further: String = "") -> String {
        """
        {"id":9,"name":"D9","status":"\(status)","currency":"USD","tags":"\(tag)","subtotal_price":"\(total)",
         "total_tax":"0.00","total_price":"\(total)"\(further)}
        """
    }
}

@Suite("The stock of an exchange's goods")
struct GoodsReservationTests {
    private let call = EffectCall(
        workspaceID: WorkspaceID(), key: "k", now: Date(timeIntervalSince1970: 1_772_619_330))

    private func request(credit: String) throws -> OpenExchangeHandler.Request {
        .init(
            returnID: ReturnID(), reference: "ret-1", since: "2026-03-01T00:00:00Z", orderNumber: "#77",
            wanted: [.init(sku: "SLIP", quantity: 1)],
            credit: try Money(decimal: credit, currency: try #require(Currency(code: "USD"))))
    }

    private func handler(_ shop: StubHTTP) -> OpenExchangeHandler { .init(accounts: .onlyShopify(shop)) }

    @Test("is reserved for sixteen days before the invoice is sent")
    func reserved() async throws {
        let shop = StubDraft(total: "19.00", isListed: false).shop
        let exchange = try await handler(shop).perform(try request(credit: "20.00"), for: call)
        #expect(exchange.reservation == .held(until: StubDraft.until))
        let last = shop.requests.suffix(2).compactMap { $0.split(separator: "/").last }
        #expect(last == ["graphql.json", "send_invoice.json"])
        #expect(shop.bodies.suffix(2).first?.contains(StubDraft.until) == true)
    }

    @Test("that the shop does not reserve fails nothing: the invoice is sent, and the exchange says why")
    func refused() async throws {
        let shop = StubDraft(total: "19.00", update: StubDraft.refused, isListed: false).shop
        let exchange = try await handler(shop).perform(try request(credit: "20.00"), for: call)
        #expect(exchange.reservation == .missing(reason: "Not enough in stock."))
        #expect(shop.requests.last?.hasSuffix("send_invoice.json") == true && exchange.invoiceRefusal == nil)
    }

    @Test("of which no answer came is no exchange yet, and no invoice leaves")
    func unknown() async throws {
        let shop = StubDraft(total: "19.00", update: "null", isListed: false).shop
        let failure = await #expect(throws: ProviderFailure.self) {
            _ = try await handler(shop).perform(try request(credit: "20.00"), for: call)
        }
        guard case .unknownOutcome? = failure else {
            Issue.record("it may have been reserved")
            return
        }
        #expect(!shop.requests.contains { $0.hasSuffix("send_invoice.json") })
    }

    @Test("is reserved where a draft is found that may not be", arguments: [false, true])
    func found(isRefused: Bool) async throws {
        var draft = StubDraft()
        if isRefused { draft.update = StubDraft.refused }
        let found = try await handler(draft.shop).probe(try request(credit: "69.50"), for: call)
        let expected: GoodsReservation =
            isRefused ? .missing(reason: "Not enough in stock.") : .held(until: StubDraft.until)
        #expect(found?.reservation == expected)
        let due = StubDraft(total: "19.00").shop
        #expect(try await handler(due).probe(try request(credit: "20.00"), for: call) == nil)
        #expect(!due.bodies.contains { $0.contains("draftOrderUpdate") })
    }

    @Test("of a draft that the customer may be paying is read and not touched, and of an order is the shop's affair")
    func invoiced() async throws {
        let request = try request(credit: "20.00")
        let held = StubDraft(status: "invoice_sent", total: "19.00", reserved: "\"\(StubDraft.until)\"").shop
        #expect(try await handler(held).probe(request, for: call)?.reservation == .held(until: StubDraft.until))
        let free = StubDraft(status: "invoice_sent", total: "19.00").shop
        guard case .missing? = try await handler(free).probe(request, for: call)?.reservation else {
            Issue.record("nothing is reserved")
            return
        }
        for shop in [held, free] { #expect(!shop.bodies.contains { $0.contains("draftOrderUpdate") }) }
        let paid = try #require(
            try await handler(StubDraft(status: "completed", total: "19.00").shop).probe(request, for: call))
        #expect(paid.reservation == nil)
    }

    @Test("of a claim's new goods is reserved, also where their draft is found", arguments: [false, true])
    func replacement(isRefused: Bool) async throws {
        let request = OpenReplacementHandler.Request(
            warrantyID: WarrantyID(), since: "2026-03-01T00:00:00Z", note: "Warranty replacement",
            wanted: .init(sku: "SLIP", quantity: 1), shippingAddress: Address(name: "Ana Ruiz", country: "US"))
        var draft = StubDraft(tag: request.reference)
        if isRefused { draft.update = StubDraft.refused }
        let expected: GoodsReservation =
            isRefused ? .missing(reason: "Not enough in stock.") : .held(until: StubDraft.until)
        let handler = OpenReplacementHandler(accounts: .onlyShopify(draft.shop))
        #expect(try await handler.perform(request, for: call).reservation == expected)
        #expect(try await handler.probe(request, for: call)?.reservation == expected)
    }
}

@Suite("What is told of an exchange's reservation", .tags(.postgres), .enabled(if: ReturnsBench.isThere))
struct ReservationNewsTests {
    /// The timeline's words and the alerts of an exchange that costs the customer nothing.
    private func news(
        of reservation: GoodsReservation?
    ) async throws -> (told: String?, alerts: [SendSlackAlert.Alert]) {
        try await ReturnsBench.run { bench in
            try await bench.deliverOrder()
            let id = try await bench.sendLabel()
            let nothing = Money.zero(try #require(Currency(code: "USD")))
            let exchange = ReturnExchange(
                draftID: "9", name: "#D9", credit: nothing, due: nothing, lines: [], reservation: reservation)
            let request = OpenExchangeHandler.Request(
                returnID: id, reference: "\(id)", since: "2026-03-01T00:00:00Z", orderNumber: "#77", wanted: [],
                credit: nothing)
            let sent = try await bench.handleAndSend {
                try await OpenExchangeHandler(accounts: .onlyShopify(StubHTTP([:]))).settle(
                    exchange, of: request, for: OpenExchange(returnID: id), in: $0)
            }.sent
            let alerts = try sent.filter { $0.attributes.type == "SendSlackAlert" }.map { envelope in
                let command: SendSlackAlert = try envelope.data()
                return command.alert
            }
            let opened = try await bench.record(id).timeline?.first { $0.type == "return.exchange_opened" }
            return (opened?.summary, alerts)
        }
    }

    @Test("goods that are reserved are on the timeline, with the day")
    func held() async throws {
        let (told, alerts) = try await news(of: .held(until: StubDraft.until))
        #expect(told == "The goods of the exchange are reserved until 2026-03-20; nothing is left to pay.")
        #expect(alerts.isEmpty)
    }

    @Test("goods that are not are told with the reason, on the timeline and to people")
    func missing() async throws {
        let (told, alerts) = try await news(of: .missing(reason: "Not enough in stock."))
        #expect(told?.contains("not reserved") == true && told?.contains("Not enough in stock.") == true)
        #expect(alerts.map(\.title) == ["The goods of an exchange are not reserved"])
        #expect(alerts.first?.text.contains("Not enough in stock.") == true)
        #expect(alerts.first?.fields["draft"] == "#D9")
    }
}
