import Commerce
import Contracts
import Foundation
import Messaging
import Postgres
import Providers
import Support
import Testing

@testable import Returns

@Suite("Reading the payments of an order", .tags(.postgres), .enabled(if: ReturnsBench.isThere))
struct ReadOrderPaymentsTests {
    private static let sale = #"{"id":"gid://shopify/OrderTransaction/801","kind":"SALE","status":"SUCCESS""#
    private static let refund = #"{"id":"gid://shopify/OrderTransaction/901","kind":"REFUND","status":"SUCCESS""#
    private static let amount =
        #","gateway":"shopify_payments","amountSet":{"shopMoney":{"amount":"113.00","currencyCode":"USD"},"#
        + #""presentmentMoney":{"amount":"113.00","currencyCode":"USD"}}"#

    private func shop(_ movements: String...) -> StubHTTP {
        let nodes = movements.map { $0 + Self.amount + #","parentTransaction":null}"# }.joined(separator: ",")
        return StubHTTP([
            "POST /graphql.json": .init(body: #"{"data":{"order":{"transactions":[\#(nodes)]}}}"#),
            "GET /orders/77.json": .init(body: #"{"order":\#(ReturnsBench.paidOrder())}"#),
        ])
    }

    @Test("an order whose webhook is archived is not asked for again")
    func fromArchive() async throws {
        try await ReturnsBench.run { bench in
            try await bench.deliverOrder(isPaid: false)
            let http = shop(Self.sale)
            try await bench.read(told: try await bench.archive(ReturnsBench.paidOrder()), http)
            #expect(http.requests.map { $0.hasSuffix("/graphql.json") } == [true])
            #expect(try await bench.entries() == ["captured"])
            #expect(try await bench.tender().captured == 11_300)
        }
    }

    @Test("of an order that is paid in full, its webhook brings no call")
    func paidInFull() async throws {
        try await ReturnsBench.run { bench in
            try await bench.deliverOrder()
            let http = shop(Self.sale)
            try await bench.read(told: try await bench.archive(ReturnsBench.paidOrder()), http)
            #expect(http.requests.isEmpty)
            try await bench.read(told: nil, http)
            #expect(http.requests.count == 2)
        }
    }

    @Test("an order that has grown since it was paid is read, and so is one paid more than its webhook tells")
    func grown() async throws {
        try await ReturnsBench.run { bench in
            try await bench.deliverOrder()
            let http = shop(Self.sale)
            let grown = ReturnsBench.paidOrder().replacing("113.00", with: "120.00")
            try await bench.read(told: try await bench.archive(grown), http)
            #expect(http.requests.count == 1)
        }
        try await ReturnsBench.run { bench in
            try await bench.deliverOrder(isPaid: false)
            let http = shop(Self.sale)
            let smaller = ReturnsBench.paidOrder().replacing("113.00", with: "100.00")
            try await bench.read(told: try await bench.archive(smaller), http)
            #expect(http.requests.count == 2)
        }
    }

    @Test("an order of which something was given back is read as it is now")
    func givenBack() async throws {
        try await ReturnsBench.run { bench in
            try await bench.deliverOrder(isPaid: false)
            let http = shop(Self.sale, Self.refund)
            try await bench.read(told: try await bench.archive(ReturnsBench.paidOrder()), http)
            #expect(http.requests.count == 2)
        }
    }

    @Test("the news of an edit, which names its order within, has the order's payments read")
    func edited() async throws {
        try await ReturnsBench.run { bench in
            try await bench.deliverOrder()
            let edit = #"{"order_edit":{"id":5,"order_id":77,"line_items":{"additions":[{"id":2,"delta":1}]}}}"#
            let envelope = try Envelope(
                Envelope.Attributes(
                    id: UUIDv7.make().uuidString, type: "webhook.shopify.orders.edited", source: "test",
                    workspaceid: bench.workspaceID),
                data: RawJSON(text: #"{"topic":"orders/edited","payload":\#(edit)}"#))
            let sent = try await bench.handleAndSend { try await ReceiveShopMoney().handle(envelope, in: $0) }.sent
            let command: ReadOrderPayments = try #require(
                sent.first { $0.attributes.type == ReadOrderPayments.name }
            ).data()
            #expect(command.orderID == bench.orderID)
        }
    }

    @Test("news of an order from which units were removed has its payments read, and no other without refunds")
    func updated() async throws {
        try await ReturnsBench.run { bench in
            try await bench.deliverOrder()
            for current in [2, 1] {
                let line = #"{"id":1,"quantity":2,"current_quantity":\#(current)}"#
                let order = #"{"id":77,"refunds":[],"line_items":[\#(line)]}"#
                let envelope = try Envelope(
                    Envelope.Attributes(
                        id: UUIDv7.make().uuidString, type: "webhook.shopify.orders.updated", source: "test",
                        workspaceid: bench.workspaceID),
                    data: RawJSON(text: #"{"topic":"orders/updated","payload":\#(order)}"#))
                let sent = try await bench.handleAndSend { try await ReceiveShopMoney().handle(envelope, in: $0) }.sent
                #expect(sent.types.contains(ReadOrderPayments.name) == (current == 1))
            }
        }
    }

    @Test(
        "an archived webhook that is no whole order of that id, or tells of refunds or removed units, is not the order")
    func unfit() async throws {
        let others = [
            #"{"id":78,"refunds":[]}"#, #"{"order_edit":{"order_id":77}}"#, "no JSON",
            ReturnsBench.paidOrder(refunds: #"[{"id":9,"refund_line_items":[],"transactions":[]}]"#),
            ReturnsBench.paidOrder()
                .replacing(#""quantity":2,"price""#, with: #""quantity":2,"current_quantity":1,"price""#),
        ]
        for other in others {
            try await ReturnsBench.run { bench in
                try await bench.deliverOrder(isPaid: false)
                let http = shop(Self.sale)
                try await bench.read(told: try await bench.archive(other), http)
                #expect(http.requests.count == 2, "\(other)")
                #expect(try await bench.entries() == ["captured"])
            }
        }
    }
}

extension ReturnsBench {
    fileprivate func archive(_ body: String) async throws -> ReceivedID {
        let id = ReceivedID()
        let now = Date(timeIntervalSince1970: 1_770_000_000)
        try await asOwner { database in
            try await database.execute(
                """
                INSERT INTO ingest_gateway.received (id, workspace_id, provider, topic, delivery_id, status, received_at)
                VALUES (\(id.uuid), \(workspaceID.uuid), 'shopify', 'orders/paid', \(id.description), 'accepted', \(now))
                """)
            try await database.execute(
                """
                INSERT INTO ingest_gateway.payloads (received_id, workspace_id, received_at, headers, body)
                VALUES (\(id.uuid), \(workspaceID.uuid), \(now), '{}', \(Array(body.utf8)))
                """)
        }
        return id
    }

    /// The command from plan to settlement, as the runner of effects does it.
    fileprivate func read(told: ReceivedID?, _ http: StubHTTP) async throws {
        let handler = ReadOrderPaymentsHandler(accounts: .onlyShopify(http))
        let command = ReadOrderPayments(orderID: orderID, receivedID: told)
        let plan = try await handle { try await handler.plan(command, in: $0) }
        guard case .read(let request) = plan else { return }
        let payments = try await handler.perform(
            request, for: EffectCall(workspaceID: workspaceID, key: "k", now: SystemClock().now))
        try await handle { _ = try await handler.settle(payments, of: request, for: command, in: $0) }
    }
}
