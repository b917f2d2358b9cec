import Commerce
import Contracts
import HTTPTransport
import Providers
import Support
import Testing

@testable import Messaging
@testable import Tracking

@Suite("Recording packages at the providers")
struct ProviderCallTests {
    private let robe = PackageContent(lines: [SKUQuantity(sku: "MIE-ROBE-S", quantity: 1)], earlier: [])

    private func accounts(_ http: StubHTTP, cashSale: Bool = false, hasBroker: Bool = true) -> ProviderAccounts {
        ProviderAccounts(
            netSuite: { _ in
                let settings = try NetSuiteSettings.decode(
                    Array(
                        """
                        {"account":"1","base_url":"http://netsuite","consumer_key":"a","consumer_secret":"b",
                         "token_id":"c","token_secret":"d","location_id":"1","cash_sale":\(cashSale)}
                        """.utf8))
                return NetSuiteAccount(
                    settings: settings, client: NetSuiteClient(settings: settings, http: http, gate: OpenGate()))
            },
            shopify: { _ in
                let settings = try ShopifySettings.decode(
                    Array(
                        """
                        {"shop":"mienne","base_url":"http://shop","access_token":"a","webhook_secrets":["b"]}
                        """.utf8))
                return ShopifyAccount(
                    settings: settings, client: ShopifyClient(settings: settings, http: http, gate: OpenGate()))
            },
            dcl: { _ in throw ProviderFailure.refused(code: "unused", message: "No warehouse is to be called.") },
            shipStation: { _ in
                guard hasBroker else { return nil }
                let settings = try ShipStationSettings.decode(
                    Array(#"{"base_url":"http://ss","api_key":"a","webhook_tokens":["b"],"return_routes":{}}"#.utf8))
                return ShipStationClient(settings: settings, http: http, gate: OpenGate())
            })
    }

    private var call: EffectCall { EffectCall(workspaceID: WorkspaceID(), key: "k", now: SystemClock().now) }

    private func salesOrder(fulfilled: Int) -> StubHTTP.Answer {
        .init(
            body: """
                {"id":"98431","tranId":"SO1","status":{"id":"B"},"item":{"items":[
                 {"line":1,"item":{"id":"9001","refName":"MIE-ROBE-S"},"quantity":1,"quantityFulfilled":\(fulfilled)},
                 {"line":2,"item":{"id":"9004","refName":"MIE-SLIP-S"},"quantity":1,"quantityFulfilled":0}]}}
                """)
    }

    private var fulfillment: CreateItemFulfillmentHandler.Request {
        .init(
            externalID: "dcl-SO1-1", salesOrderID: "98431", content: robe, trackingNumber: "1Z1", packageKey: "c1")
    }

    @Test("a package becomes an item fulfilment of its lines")
    func itemFulfillment() async throws {
        let http = StubHTTP([
            "GET /salesOrder/98431": salesOrder(fulfilled: 0),
            "POST /itemFulfillment": .init(status: 204, body: "", headers: [("location", "http://netsuite/x/99120")]),
        ])
        let record = try await CreateItemFulfillmentHandler(accounts: accounts(http)).perform(fulfillment, for: call)
        #expect(record.id == "99120")
    }

    @Test("an earlier sending that took the units is found by its key")
    func earlierSending() async throws {
        let http = StubHTTP([
            "GET /salesOrder/98431": salesOrder(fulfilled: 1),
            "GET /itemFulfillment/eid:dcl-SO1-1": .init(body: #"{"id":"99120"}"#),
        ])
        let record = try await CreateItemFulfillmentHandler(accounts: accounts(http)).perform(fulfillment, for: call)
        #expect(record.id == "99120")
        #expect(!http.requests.contains { $0.hasPrefix("POST") })
    }

    @Test("units that are gone without our doing are refused")
    func gone() async throws {
        let http = StubHTTP(["GET /salesOrder/98431": salesOrder(fulfilled: 1)])
        let failure = await #expect(throws: ProviderFailure.self) {
            try await CreateItemFulfillmentHandler(accounts: accounts(http)).perform(fulfillment, for: call)
        }
        guard case .refused("over_shipped", _) = failure else {
            Issue.record("expected over_shipped, got \(String(describing: failure))")
            return
        }
    }

    @Test("a cash sale is made only where the settings ask for it")
    func cashSale() async throws {
        let http = StubHTTP([
            "POST /cashSale": .init(status: 204, body: "", headers: [("location", "http://netsuite/x/77")])
        ])
        let request = CreateCashSaleHandler.Request(externalID: "cs-SO1-1", salesOrderID: "98431")
        var record = try await CreateCashSaleHandler(accounts: accounts(http)).perform(request, for: call)
        #expect(record.id == nil)
        record = try await CreateCashSaleHandler(accounts: accounts(http, cashSale: true)).perform(request, for: call)
        #expect(record.id == "77")
    }

    @Test("an order that came from the ERP is put on the shop's own lines", arguments: [true, false])
    func shopLines(areKnown: Bool) async throws {
        let orders =
            #"{"fulfillment_orders":[{"id":2,"status":"open","line_items":[{"id":3,"line_item_id":11,"quantity":1,"fulfillable_quantity":1}]}]}"#
        let http = StubHTTP([
            "GET /orders/7.json": .init(
                body: #"{"order":{"id":7,"line_items":[{"id":11,"sku":"MIE-ROBE-S","quantity":1}]}}"#),
            "GET /orders/7/fulfillment_orders.json": .init(body: orders),
            "POST /fulfillments.json": .init(status: 201, body: #"{"fulfillment":{"id":5,"status":"success"}}"#),
        ])
        let request = CreateShopFulfillmentHandler.Request(
            shopID: "7", lines: areKnown ? [.init(id: "11", sku: "MIE-ROBE-S", quantity: 1)] : nil, number: "1Z1",
            carrier: "UPS", content: robe)
        let record = try await CreateShopFulfillmentHandler(accounts: accounts(http)).perform(request, for: call)
        #expect(record.id == "5")
        #expect(http.requests.count == (areKnown ? 2 : 3))
    }

    @Test("a shop that shows the tracking number has the fulfilment")
    func probe() async throws {
        let shown =
            #"{"fulfillments":[{"id":5,"status":"success","tracking_number":"1Z1","line_items":[{"id":1,"quantity":1}]}]}"#
        let request = CreateShopFulfillmentHandler.Request(
            shopID: "7", lines: [.init(id: "1", sku: "MIE-ROBE-S", quantity: 1)], number: "1Z1", carrier: "UPS",
            content: robe)
        let found = StubHTTP(["GET /orders/7/fulfillments.json": .init(body: shown)])
        #expect(try await CreateShopFulfillmentHandler(accounts: accounts(found)).probe(request, for: call)?.id == "5")
        let empty = StubHTTP(["GET /orders/7/fulfillments.json": .init(body: #"{"fulfillments":[]}"#)])
        #expect(try await CreateShopFulfillmentHandler(accounts: accounts(empty)).probe(request, for: call) == nil)
    }

    private static let passedOver = "a package is not followed at its carrier"

    private func start(_ http: StubHTTP, carrier: String?, hasBroker: Bool = true) async throws -> LogLines {
        let log = LogLines()
        let handler = StartTrackingHandler(accounts: accounts(http, hasBroker: hasBroker), logger: log.logger)
        _ = try await handler.perform(
            .init(shipmentID: ShipmentID(), carrier: carrier, trackingNumber: "1Z1"), for: call)
        return log
    }

    @Test("a package is followed at its carrier, where there is somebody who follows it")
    func startTracking() async throws {
        let http = StubHTTP(["POST /tracking/start": .init(status: 204, body: "")])
        #expect(try await start(http, carrier: "UPS Ground").count(of: Self.passedOver) == 0)
        #expect(http.requests == ["POST http://ss/tracking/start"])
        let nobody = StubHTTP([:])
        #expect(try await start(nobody, carrier: "UPS", hasBroker: false).count(of: Self.passedOver) == 0)
        #expect(nobody.requests.isEmpty)
    }

    @Test("a carrier that nobody knows is passed over with a line in the log", arguments: [nil, "Owl Post", "DHL"])
    func unknownCarrier(carrier: String?) async throws {
        let error = #"{"errors":[{"error_code":"invalid_field_value","message":"carrier_code is unknown."}]}"#
        let http = StubHTTP(["POST /tracking/start": .init(status: 400, body: error)])
        #expect(try await start(http, carrier: carrier).count(of: Self.passedOver) == 1)
        #expect(http.requests.count == (carrier == "DHL" ? 1 : 0))
    }

    private func read(_ http: StubHTTP, carrier: String?, hasBroker: Bool = true) async throws -> ShipmentStatus? {
        let handler = ReadPackageHandler(accounts: accounts(http, hasBroker: hasBroker))
        return try await handler.perform(.init(carrier: carrier, trackingNumber: "1Z1"), for: call).status
    }

    @Test("a package is read at the warehouse's carrier; where nobody can be asked, nothing is known of it")
    func readPackage() async throws {
        let there = StubHTTP(["GET /tracking": .init(body: #"{"tracking_number":"1Z1","status_code":"IT"}"#)])
        #expect(try await read(there, carrier: "UPS Ground") == .inTransit)
        let refused = StubHTTP(["GET /tracking": .init(status: 400, body: "{}")])
        #expect(try await read(refused, carrier: "UPS") == nil)
        let nobody = StubHTTP([:])
        #expect(try await read(nobody, carrier: "UPS", hasBroker: false) == nil)
        #expect(try await read(nobody, carrier: "Owl Post") == nil && nobody.requests.isEmpty)
        let down = StubHTTP(["GET /tracking": .init(status: 503, body: "{}")])
        await #expect(throws: ProviderFailure.self) { _ = try await read(down, carrier: "UPS") }
    }

    @Test("a broker that is down is asked again")
    func brokerDown() async throws {
        let http = StubHTTP(["POST /tracking/start": .init(status: 503, body: "{}")])
        await #expect(throws: ProviderFailure.self) { _ = try await start(http, carrier: "UPS") }
    }
}
