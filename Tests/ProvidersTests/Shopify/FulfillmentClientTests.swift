import Commerce
import HTTPTransport
import Testing

@testable import Providers

@Suite("Fulfilments of a shop's order")
struct FulfillmentClientTests {
    private func fulfillmentOrder(
        _ id: Int, status: String = "open", location: Int = 1, lines: [(id: Int, item: Int, open: Int)]
    ) -> String {
        let items = lines.map {
            #"{"id":\#($0.id),"line_item_id":\#($0.item),"quantity":9,"fulfillable_quantity":\#($0.open)}"#
        }
        return """
            {"id":\(id),"order_id":5,"assigned_location_id":\(location),"status":"\(status)",
             "line_items":[\(items.joined(separator: ","))]}
            """
    }

    private func orders(_ orders: String...) -> ScriptedHTTPClient.Step {
        .answer(200, #"{"fulfillment_orders":[\#(orders.joined(separator: ","))]}"#)
    }

    private func present(_ fulfillments: String...) -> ScriptedHTTPClient.Step {
        .answer(200, #"{"fulfillments":[\#(fulfillments.joined(separator: ","))]}"#)
    }

    private let created = ScriptedHTTPClient.Step.answer(
        201, #"{"fulfillment":{"id":1069019884,"status":"success","tracking_number":"1Z9","tracking_numbers":["1Z9"]}}"#
    )

    private func package(_ items: [ShopifyID: Int], carrier: String = "UPS") -> ShopifyPackage {
        ShopifyPackage(
            order: "5",
            items: items.sorted { $0.key.text < $1.key.text }.map { .init(lineItemID: $0.key, quantity: $0.value) },
            tracking: ShopifyTracking(number: "1Z9", carrierName: carrier), notifyCustomer: true)
    }

    private func fulfill(
        _ http: ScriptedHTTPClient, _ items: [ShopifyID: Int], settings: String = ""
    ) async throws -> [ShopifyFulfillment] {
        let client = try shopify(http, settings)
        let state = try await client.fulfillmentState(of: "5", trackingNumber: "1Z9")
        return try await client.fulfill(package(items), from: state)
    }

    @Test("a package names fulfilment-order lines of open fulfilment orders only")
    func create() async throws {
        let http = ScriptedHTTPClient(
            orders(
                fulfillmentOrder(10, status: "closed", lines: [(100, 7, 5)]),
                fulfillmentOrder(11, lines: [(101, 7, 2), (102, 8, 1)])), present(), created)
        let fulfillments = try await fulfill(http, ["7": 1, "8": 1])
        #expect(fulfillments.map(\.id) == ["1069019884"])
        #expect(http.lines[0] == "GET \(shopifyRest)/orders/5/fulfillment_orders.json")
        #expect(http.lines[1] == "GET \(shopifyRest)/orders/5/fulfillments.json")
        #expect(http.lines[2] == "POST \(shopifyRest)/fulfillments.json")
        #expect(
            try json(http.body(2))
                == json(
                    """
                    {"fulfillment":{"line_items_by_fulfillment_order":[{"fulfillment_order_id":11,
                       "fulfillment_order_line_items":[{"id":101,"quantity":1},{"id":102,"quantity":1}]}],
                     "tracking_info":{"number":"1Z9","company":"UPS",
                       "url":"https://www.ups.com/track?tracknum=1Z9"},"notify_customer":true}}
                    """))
    }

    @Test("a package the shop already has under its tracking number is not created again")
    func alreadyThere() async throws {
        let http = ScriptedHTTPClient(
            orders(fulfillmentOrder(11, lines: [(101, 7, 1)])),
            present(
                #"{"id":1,"status":"success","tracking_numbers":["1Z9"],"line_items":[{"id":7,"quantity":1}]}"#))
        #expect(try await fulfill(http, ["7": 1]).map(\.id) == ["1"])
        #expect(http.requests.count == 2)
    }

    @Test("an order of which nothing was ever fulfilled is not asked for its fulfilments")
    func untouched() async throws {
        let http = ScriptedHTTPClient(orders(fulfillmentOrder(11, lines: [(101, 7, 9)])), created)
        #expect(try await fulfill(http, ["7": 9]).map(\.id) == ["1069019884"])
        #expect(http.requests.count == 2)
        for status in ["closed", "cancelled", "incomplete", "in_progress"] {
            let http = ScriptedHTTPClient(
                orders(
                    fulfillmentOrder(10, status: status, lines: [(100, 7, 9)]),
                    fulfillmentOrder(11, lines: [(101, 7, 9)])), present(), created)
            _ = try await fulfill(http, ["7": 9])
            #expect(http.requests.count == 3, "beside one that is \(status)")
        }
    }

    @Test("a cancelled fulfilment and one with another number do not count")
    func notMatching() async throws {
        let http = ScriptedHTTPClient(
            orders(fulfillmentOrder(11, lines: [(101, 7, 1)])),
            present(
                #"{"id":1,"status":"cancelled","tracking_number":"1Z9","line_items":[{"id":7,"quantity":1}]}"#,
                #"{"id":2,"status":"success","tracking_number":"1Z8","line_items":[{"id":7,"quantity":1}]}"#),
            created)
        #expect(try await fulfill(http, ["7": 1]).map(\.id) == ["1069019884"])
    }

    @Test("a package from two locations becomes two fulfilments, and a lost second one alone is made up for")
    func twoLocations() async throws {
        let both = orders(
            fulfillmentOrder(11, lines: [(101, 7, 1)]), fulfillmentOrder(12, location: 2, lines: [(102, 8, 1)]))
        let http = ScriptedHTTPClient(both, present(), created, .fail(.connectionLost, wasSent: true))
        let failure = try await failure { try await fulfill(http, ["7": 1, "8": 1]) }
        #expect(failure.code == "connection_lost")
        let again = ScriptedHTTPClient(
            orders(fulfillmentOrder(12, location: 2, lines: [(102, 8, 1)])),
            present(#"{"id":1,"status":"success","tracking_number":"1Z9","line_items":[{"id":7,"quantity":1}]}"#),
            created)
        #expect(try await fulfill(again, ["7": 1, "8": 1]).map(\.id) == ["1", "1069019884"])
        #expect(again.body(2).contains(#""fulfillment_order_id":12"#))
    }

    @Test("units spread over fulfilment orders are taken from the first ones first")
    func spread() throws {
        let open = try ProviderJSON.decode(
            [ShopifyFulfillmentOrder].self,
            from: bytes(
                "[\(fulfillmentOrder(11, lines: [(101, 7, 1)])),\(fulfillmentOrder(12, lines: [(102, 7, 3)]))]"))
        let plan = try ShopifyFulfillmentPlan([.init(lineItemID: "7", quantity: 3)], from: open, at: nil)
        #expect(
            plan.parts == [
                [
                    .init(fulfillmentOrder: "11", line: "101", quantity: 1),
                    .init(fulfillmentOrder: "12", line: "102", quantity: 2),
                ]
            ])
    }

    @Test("more units than are open are refused before anything is sent")
    func tooMany() async throws {
        let http = ScriptedHTTPClient(orders(fulfillmentOrder(11, lines: [(101, 7, 1)])), present())
        let failure = try await failure { try await fulfill(http, ["7": 2]) }
        #expect(failure.code == "not_fulfillable")
        #expect(http.requests.count == 2)
    }

    @Test("with a location in the settings only its fulfilment orders are used")
    func location() async throws {
        let http = ScriptedHTTPClient(
            orders(fulfillmentOrder(11, lines: [(101, 7, 1)]), fulfillmentOrder(12, location: 2, lines: [(102, 7, 1)])),
            present(), created)
        _ = try await fulfill(http, ["7": 1], settings: #","location_id":"2""#)
        #expect(http.body(2).contains(#""fulfillment_order_id":12"#))
    }

    @Test(
        "carriers have the shop's own names and a link where one is known",
        arguments: [
            ("UPS", "UPS", "https://www.ups.com/track?tracknum=1Z9"),
            ("FEDEX", "FedEx", "https://www.fedex.com/fedextrack/?trknbr=1Z9"),
            ("usps", "USPS", "https://tools.usps.com/go/TrackConfirmAction?tLabels=1Z9"),
            ("DHL", "DHL Express", nil), ("Pigeon Post", "Pigeon Post", nil), ("", nil, nil), (nil, nil, nil),
        ] as [(String?, String?, String?)])
    func carriers(name: String?, company: String?, url: String?) {
        let tracking = ShopifyTracking(number: "1Z9", carrierName: name)
        #expect(tracking.company == company)
        #expect(tracking.url == url)
    }
}
