import Commerce
import Foundation
import HTTPTransport
import Providers
import Testing

@Suite("A shop's refunds, the client against the simulator")
struct ShopifyRefundClientTests {
    private let graphQL = "*/graphql.json"
    private let rest = "*/refunds.json"

    @Test(
        "a refund goes back to its sale, with restocking, and is found by our reference", arguments: GraphQLVersion.all)
    func refund(version: GraphQLVersion) async throws {
        try await SimulatedHTTP.run { http in
            let shop = try ClientShop(http, version)
            let order = try await shop.place()
            let refund = try await shop.client.createRefund(order.refund("rfd_1", "75.06"))
            #expect(refund.state == .succeeded)
            #expect(refund.transactions?.map(\.amount) == ["75.06"])
            #expect(refund.transactions?.first?.parentID == order.sale)
            let read = try #require(try await shop.client.refund(of: order.id, reference: "rfd_1"))
            #expect(read.id == refund.id)
            #expect(read.note == "wrong size [rfd_1]")
            #expect(read.lines?.map(\.quantity) == [1])
            #expect(try await shop.client.refund(of: order.id, reference: "rfd_") == nil)
        }
    }

    @Test("after a lost answer the same call gives the one refund there is", arguments: GraphQLVersion.all)
    func lostAnswer(version: GraphQLVersion) async throws {
        try await SimulatedHTTP.run { http in
            let shop = try ClientShop(http, version)
            let order = try await shop.place()
            let draft = order.refund("rfd_1", "20.00")
            try await http.loseAnswer("shopify", "POST", version.isIdempotent ? graphQL : rest)
            await #expect(throws: ProviderFailure.self) { _ = try await shop.client.createRefund(draft) }
            let again = try await shop.client.createRefund(draft)
            #expect(again.state == .succeeded)
            #expect(try await shop.client.refunds(of: order.id).count == 1)
            _ = try await shop.client.createRefund(order.refund("rfd_2", "20.00"))
            #expect(try await shop.client.refunds(of: order.id).count == 2)
        }
    }

    @Test("a request that lands late meets its key: one refund")
    func lateRequest() async throws {
        try await SimulatedHTTP.run { http in
            let shop = try ClientShop(http, .idempotent)
            let order = try await shop.place()
            let draft = order.refund("rfd_1", "20.00")
            try await http.control(
                "POST", "faults",
                #"{"provider":"shopify","method":"POST","path":"*/graphql.json","mode":"apply_later","delay_ms":5}"#)
            await #expect(throws: ProviderFailure.self) { _ = try await shop.client.createRefund(draft) }
            _ = try await shop.client.createRefund(draft)
            _ = try await shop.client.createRefund(draft)
            #expect(try await shop.client.refunds(of: order.id).count == 1)
        }
    }

    @Test("more than was paid is refused in the shop's words", arguments: GraphQLVersion.all)
    func tooMuch(version: GraphQLVersion) async throws {
        try await SimulatedHTTP.run { http in
            let shop = try ClientShop(http, version)
            let order = try await shop.place()
            do {
                _ = try await shop.client.createRefund(order.refund("rfd_1", "155.13"))
                Issue.record("the refund was made")
            } catch let failure as ProviderFailure {
                guard case .refused(_, let message) = failure else { throw failure }
                #expect(message.contains("is greater than"))
            }
        }
    }

    @Test("a pending refund holds its money, and fails later")
    func pending() async throws {
        try await SimulatedHTTP.run { http in
            let shop = try ClientShop(http, .idempotent)
            let order = try await shop.place()
            try await http.control("POST", "shopify/refunds/outcome", #"{"status":"pending"}"#)
            let refund = try await shop.client.createRefund(order.refund("rfd_1", "150.00"))
            #expect(refund.state == .pending)
            await #expect(throws: ProviderFailure.self) {
                _ = try await shop.client.createRefund(order.refund("rfd_2", "10.00"))
            }
            try await http.control("POST", "shopify/refunds/\(try #require(refund.id).text)/fail")
            #expect(try await shop.client.refund(of: order.id, reference: "rfd_1")?.state == .failed)
            try await http.control("POST", "shopify/refunds/outcome", #"{"status":"success"}"#)
            #expect(try await shop.client.createRefund(order.refund("rfd_2", "10.00")).state == .succeeded)
        }
    }

    @Test("money becomes store credit of the order's customer")
    func storeCredit() async throws {
        try await SimulatedHTTP.run { http in
            let shop = try ClientShop(http, .idempotent)
            let order = try await shop.place()
            var draft = ShopifyRefundDraft(order: order.id, reference: "rfd_1", currency: "USD")
            draft.storeCredit = .init(amount: "40.00")
            let refund = try await shop.client.createRefund(draft)
            #expect(refund.transactions?.map(\.gateway) == ["shopify_store_credit"])
            let state = try JSONDecoder().decode(
                JSONValue.self, from: Data(try await http.control("GET", "shopify/state")))
            guard case .array(let credits)? = state["storeCredits"] else { throw ControlRefused(text: "no credits") }
            #expect(credits.map { $0["amount"] } == ["40.00"])
            await #expect(throws: ProviderFailure.self) {
                _ = try await shop.client.createRefund(order.refund("rfd_2", "120.00"))
            }
        }
    }

    @Test("credit is added beside refunds, told from them, and found again after a lost answer")
    func addedCredit() async throws {
        try await SimulatedHTTP.run { http in
            let shop = try ClientShop(http, .idempotent)
            let order = try await shop.place()
            let customer = try #require(try await shop.client.order(order.id).customer?.id)
            var draft = ShopifyRefundDraft(order: order.id, reference: "rfd_1", currency: "USD")
            draft.storeCredit = .init(amount: "40.00")
            _ = try await shop.client.createRefund(draft)
            #expect(try await shop.client.storeCredits(of: customer, currency: "USD").isEmpty)
            let added = try await shop.client.addStoreCredit("4.00", currency: "USD", to: customer)
            try await http.loseAnswer("shopify", "POST", graphQL)
            await #expect(throws: ProviderFailure.self) {
                try await shop.client.addStoreCredit("2.50", currency: "USD", to: customer)
            }
            let credits = try await shop.client.storeCredits(of: customer, currency: "USD")
            #expect(credits.map(\.amount) == ["2.50", "4.00"] && credits.last == added)
            #expect(Set(credits.map(\.reference)).count == 2)
            #expect(credits.allSatisfy { $0.createdAt.date != nil })
            #expect(try await shop.client.storeCredits(of: customer, currency: "EUR").isEmpty)
            await #expect(throws: ProviderFailure.self) {
                try await shop.client.addStoreCredit("1.00", currency: "USD", to: "1")
            }
        }
    }

    @Test("the shop says what it would give back")
    func calculation() async throws {
        try await SimulatedHTTP.run { http in
            let shop = try ClientShop(http, .idempotent)
            let order = try await shop.place()
            let calculation = try await shop.client.calculateRefund(order.refund("rfd_1", "0"))
            #expect(calculation.lines.map(\.subtotal) == ["69.50"])
            #expect(calculation.payments.map(\.amount) == ["75.06"])
            #expect(try await shop.client.refunds(of: order.id).isEmpty)
        }
    }
}

@Suite("The goods of an exchange, the client against the simulator")
struct ShopifyDraftOrderClientTests {
    private let since = "2026-03-01T00:00:00Z"

    @Test("goods that cost more wait for the invoice to be paid, and become an order")
    func invoice() async throws {
        try await SimulatedHTTP.run { http in
            let shop = try ClientShop(http, .idempotent)
            let variant = try #require(try await shop.client.variants(skus: ["MIE-SET-1", "NOBODY"])["MIE-SET-1"])
            #expect(variant.price == "145.00")
            let offers = try await shop.client.offers(skus: ["MIE-SET-1", "NOBODY"])
            #expect(offers.keys.sorted() == ["MIE-SET-1"])
            #expect(offers["MIE-SET-1"]?.isRetired == false && offers["MIE-SET-1"]?.quantityMax == nil)
            let draft = ShopifyDraftOrderRequest(
                reference: "ret_1", lines: [.init(.variant(variant.id), quantity: 1)], email: "ana@example.com")
            try await http.loseAnswer("shopify", "POST", "*/draft_orders.json")
            await #expect(throws: ProviderFailure.self) {
                _ = try await shop.client.createDraftOrder(draft, since: since)
            }
            let made = try await shop.client.createDraftOrder(draft, since: since)
            #expect(made.status == .open && made.total == "145.00" && !made.isDiscounted)
            let change = ShopifyDraftOrderChange(
                discount: .amount("75.06", title: "Return credit"), attributes: ["exchange_total": "145.00"])
            try await http.loseAnswer("shopify", "PUT", "*/draft_orders/*.json")
            await #expect(throws: ProviderFailure.self) { _ = try await shop.client.changeDraftOrder(made.id, change) }
            let changed = try await shop.client.changeDraftOrder(made.id, change)
            #expect(changed.total == "69.94" && changed.isDiscounted)
            #expect(changed.attributes == ["exchange_total": "145.00"])
            try await shop.client.sendInvoice(of: made.id, message: "The rest of your exchange")
            #expect(try await shop.client.createDraftOrder(draft, since: since).status == .invoiceSent)
            try await http.control("POST", "shopify/draft-orders/\(made.id)/pay")
            let paid = try await shop.client.draftOrder(made.id)
            #expect(paid.status == .completed)
            let order = try await shop.client.order(try #require(paid.orderID))
            #expect(order.lines.map(\.sku) == ["MIE-SET-1"])
            #expect(try await shop.client.transactions(of: order.id).map(\.amount) == ["69.94"])
            #expect(try await shop.client.draftOrder(reference: "ret_1", since: since)?.id == made.id)
        }
    }

    @Test("goods that cost no more are completed at once, twice is once, and a draft can be taken back")
    func even() async throws {
        try await SimulatedHTTP.run { http in
            let shop = try ClientShop(http, .idempotent)
            let lines: [ShopifyDraftOrderRequest.Line] = [
                .init(.custom(title: "Silk slip", sku: "MIE-SLIP-S", price: "39.00"), quantity: 1)
            ]
            let made = try await shop.client.createDraftOrder(
                ShopifyDraftOrderRequest(reference: "ret_2", lines: lines), since: since)
            let free = ShopifyDraftOrderChange(discount: .everything(title: "Return credit"))
            #expect(try await shop.client.changeDraftOrder(made.id, free).total == "0.00")
            try await http.loseAnswer("shopify", "PUT", "*/complete.json")
            await #expect(throws: ProviderFailure.self) { _ = try await shop.client.completeDraftOrder(made.id) }
            let done = try await shop.client.completeDraftOrder(made.id)
            let order = try await shop.client.order(try #require(done.orderID))
            #expect(order.financialStatus == "paid")
            let other = try await shop.client.createDraftOrder(
                ShopifyDraftOrderRequest(reference: "ret_3", lines: lines), since: since)
            try await shop.client.deleteDraftOrder(other.id)
            try await shop.client.deleteDraftOrder(other.id)
            #expect(try await shop.client.draftOrder(reference: "ret_3", since: since) == nil)
            await #expect(throws: ProviderFailure.self) { try await shop.client.deleteDraftOrder(made.id) }
        }
    }
}

@Suite("Tax on the goods of an exchange, the client against the simulator")
struct ShopifyDraftTaxTests {
    @Test("the shop adds tax to what the discount leaves, and the order it becomes is paid with it")
    func taxed() async throws {
        try await SimulatedHTTP.run { http in
            let shop = try ClientShop(http, .idempotent)
            try await http.control("POST", "shopify/draft-orders/tax", #"{"rate":"0.1"}"#)
            let request = ShopifyDraftOrderRequest(
                reference: "ret_4",
                lines: [.init(.custom(title: "Silk robe", sku: "MIE-ROBE-L", price: "250.00"), quantity: 1)])
            let made = try await shop.client.createDraftOrder(request, since: "2026-03-01T00:00:00Z")
            #expect(made.subtotal == "250.00" && made.tax == "25.00" && made.total == "275.00")
            let change = ShopifyDraftOrderChange(discount: .amount("100.00", title: "Return credit"))
            let changed = try await shop.client.changeDraftOrder(made.id, change)
            #expect(changed.subtotal == "150.00" && changed.tax == "15.00" && changed.total == "165.00")
            try await http.control("POST", "shopify/draft-orders/\(made.id)/pay")
            let orderID = try #require(try await shop.client.draftOrder(made.id).orderID)
            #expect(try await shop.client.transactions(of: orderID).map(\.amount) == ["165.00"])
        }
    }
}

/// A version of the shop's GraphQL.
struct GraphQLVersion: Sendable, CustomTestStringConvertible {
    let name: String
    let isIdempotent: Bool

    static let idempotent = GraphQLVersion(name: "2026-04", isIdempotent: true)
    static let all = [idempotent, GraphQLVersion(name: "2025-10", isIdempotent: false)]

    var testDescription: String { name }
}

/// The shop and its client.
struct ClientShop: Sendable {
    struct Order: Sendable {
        let id: ShopifyID
        let line: ShopifyID
        let sale: ShopifyID

        /// One unit that came back without being fulfilled there.
        func refund(_ reference: String, _ amount: DecimalText) -> ShopifyRefundDraft {
            var draft = ShopifyRefundDraft(order: id, reference: reference, currency: "USD", note: "wrong size")
            draft.lines = [.init(lineItemID: line, quantity: 1, restock: .cancel(location: "24826418"))]
            draft.payments = [.init(parentID: sale, gateway: "shopify_payments", amount: amount)]
            return draft
        }
    }

    let client: ShopifyClient
    private let http: SimulatedHTTP

    init(_ http: SimulatedHTTP, _ version: GraphQLVersion) throws {
        let settings = try ShopifySettings.decode(
            Array(
                """
                {"shop":"mienne","base_url":"\(SimulatedHTTP.origin)/shopify","access_token":"token",
                 "graphql_version":"\(version.name)","webhook_secrets":["secret"]}
                """.utf8))
        client = ShopifyClient(settings: settings, http: http, gate: OpenGate())
        self.http = http
    }

    /// The order of the contract page: two robes, ten off, eight per cent tax, five for shipping.
    func place() async throws -> Order {
        let placed = try JSONDecoder().decode(
            JSONValue.self,
            from: Data(
                try await http.control(
                    "POST", "shopify/orders",
                    #"""
                    {"line_items":[{"sku":"MIE-ROBE-S","quantity":2,"price":"74.50"}],"tax_rate":0.08,
                     "discount":"10.00","shipping_price":"5.00"}
                    """#)))
        let id = ShopifyID(placed["id"]?.text ?? "")
        let order = try await client.order(id)
        let sale = try await client.transactions(of: id)
        return Order(id: id, line: order.lines[0].id, sale: sale[0].id)
    }
}
