import Commerce
import Contracts
import Messaging
import Postgres
import Testing
import Views

@testable import Returns

@Suite("Asking for a return", .enabled(if: ReturnsBench.isThere))
struct ReturnRequestTests {
    @Test("forty at once for one unit: one is accepted, the others are told why")
    func concurrent() async throws {
        try await ReturnsBench.run { bench in
            try await bench.deliverOrder()
            _ = try await bench.ask(1)
            let outcomes = await withTaskGroup { group in
                for _ in 1...40 {
                    group.addTask { () -> String? in
                        do {
                            _ = try await bench.ask(1)
                            return nil
                        } catch let refusal as Refusal {
                            return refusal.field
                        } catch {
                            return "\(error)"
                        }
                    }
                }
                return await group.reduce(into: [String?]()) { $0.append($1) }
            }
            #expect(outcomes.count { $0 == nil } == 1)
            #expect(outcomes.compactMap(\.self).allSatisfy { $0 == "lines.0.quantity" }, "\(outcomes)")
            #expect(try await bench.heldUnits() == 2)
        }
    }

    @Test("what is wrong is named with its field, and nothing has happened")
    func wrong() async throws {
        try await ReturnsBench.run { bench in
            try await bench.deliverOrder()
            let wrong: [(field: String, change: @Sendable (inout ReturnRequest) -> Void)] = [
                ("lines.0.quantity", { $0.lines[0].quantity = 0 }),
                ("lines.0.quantity", { $0.lines[0].quantity = -1 }),
                ("lines.0.quantity", { $0.lines[0].quantity = 3 }),
                ("lines.0.quantity", { $0.lines[0].quantity = .max }),
                ("lines.0.sku", { $0.lines[0].sku = "SLIP" }),
                ("lines.0.line_id", { $0.lines[0].lineID = "9" }),
                ("lines.0.reason", { $0.lines[0].reason = "because" }),
                ("lines", { $0.lines = [] }),
                ("order_id", { $0.orderID = "\(OrderID())" }),
                ("order_id", { $0.orderID = nil }),
                ("order_number", { ($0.orderID, $0.orderNumber, $0.email) = (nil, "#77", "eve@example.com") }),
                ("currency", { $0.currency = "EUR" }),
                ("locale", { $0.locale = "french" }),
                ("exchange_lines", { $0.resolution = .exchange }),
                ("resolution", { $0.resolution = .replace }),
                ("resolution", { $0.resolution = .repair }),
                (
                    "exchange_lines.0.quantity",
                    {
                        ($0.resolution, $0.exchangeLines) = (.exchange, [.init(sku: "SLIP", quantity: 0)])
                    }
                ),
                ("helpdesk.provider", { $0.helpdesk = .init(provider: "fax", ticketID: "1") }),
                ("subscription.provider", { $0.subscription = .init(provider: "paper", id: "1") }),
                ("subscription", { $0.cancelSubscription = true }),
                ("subscription", { $0.subscriptionAction = .skipNext }),
                (
                    "subscription_action",
                    {
                        $0.subscription = .init(provider: "recharge", id: "1")
                        ($0.subscriptionAction, $0.cancelSubscription) = (.pause, true)
                    }
                ),
                (
                    "subscription_action",
                    {
                        ($0.subscription, $0.subscriptionAction) = (.init(provider: "stripe", id: "1"), .pause)
                    }
                ),
                (
                    "subscription.comment",
                    {
                        let comment = String(repeating: "y", count: ReturnRequest.Subscription.commentCharactersMax + 1)
                        $0.subscription = .init(provider: "recharge", id: "1", comment: comment)
                    }
                ),
                ("subscription.reason", { $0.subscription = .init(provider: "recharge", id: "1", reason: " ") }),
                ("subscription.at", { $0.subscription = .init(provider: "recharge", id: "1", at: .periodEnd) }),
                ("subscription.reason", { $0.subscription = .init(provider: "stripe", id: "1", reason: "returned") }),
                (
                    "subscription.notify_customer",
                    { $0.subscription = .init(provider: "stripe", id: "1", notifyCustomer: true) }
                ),
                ("ship_from.country", { $0.shipFrom = Address(name: "Ana") }),
            ]
            for (field, change) in wrong {
                let refusal = await #expect(throws: Refusal.self, "\(field)") { try await bench.ask(1, change) }
                #expect(refusal?.field == field, "\(refusal?.description ?? "")")
            }
            #expect(try await bench.heldUnits() == 0)
        }
    }

    @Test(
        "what no return gives is refused with where to ask for it, also where a policy of before offers it",
        arguments: [ReturnResolution.replace, .repair])
    func unsupported(resolution: ReturnResolution) async throws {
        try await ReturnsBench.run { bench in
            try await bench.deliverOrder()
            try await bench.set(policy: #""resolutions":["replace","repair"]"#)
            let refusal = await #expect(throws: Refusal.self) { try await bench.ask { $0.resolution = resolution } }
            #expect(refusal?.code == "unsupported_resolution" && refusal?.field == "resolution")
            #expect(refusal?.message.contains("POST /warranties") == true)
        }
    }

    @Test("the request says what becomes of the subscription, and where it says nothing the policy does")
    func subscriptions() async throws {
        try await ReturnsBench.run { bench in
            try await bench.deliverOrder()
            try await bench.set(
                policy: #""subscription_pause":"P90D","rules":[{"id":"s","when":{},"then":{"subscription":"pause"}}]"#)
            let named = ReturnRequest.Subscription(provider: "recharge", id: "482011")
            let cases: [(change: @Sendable (inout ReturnRequest) -> Void, ReturnPlan.ChargeDelay?, cancels: Bool)] = [
                ({ _ in }, nil, false),
                ({ $0.subscription = named }, .pause(days: 90), false),
                ({ ($0.subscription, $0.cancelSubscription) = (named, true) }, nil, true),
                ({ ($0.subscription, $0.cancelSubscription) = (named, false) }, nil, false),
                ({ ($0.subscription, $0.subscriptionAction) = (named, .skipNext) }, .skip, false),
                ({ ($0.subscription, $0.subscriptionAction) = (named, .keep) }, nil, false),
            ]
            for (change, delay, cancels) in cases {
                let id = try await bench.ask(1, change)
                let plan = try await bench.check(id).plan
                #expect(plan.chargeDelay == delay && plan.cancelsSubscription == cancels)
                try await bench.withdraw(id)
            }
        }
    }

    @Test("an order is found with and without the # of its number, as the shop may write it", arguments: ["#77", "77"])
    func spelling(number: String) async throws {
        try await ReturnsBench.run { bench in
            try await bench.deliverOrder()
            try await bench.asOwner {
                try await $0.execute(
                    "UPDATE order_ingest.orders SET number = \(number) WHERE id = \(bench.orderID.uuid)")
            }
            for written in ["#77", "77"] {
                var request = ReturnRequest(orderID: "", lines: [])
                (request.orderID, request.orderNumber, request.email) = (nil, written, "ana@example.com")
                let asked = request
                let found = try await bench.handle { try await ReturnOrder.find(asked, in: $0.database) }
                let named = try await bench.handle { try await ReturnOrder.find(named: written, in: $0.database) }
                #expect(found == bench.orderID && named == bench.orderID)
            }
            await #expect(throws: Refusal.self) {
                try await bench.ask { ($0.orderID, $0.orderNumber, $0.email) = (nil, "7", "ana@example.com") }
            }
        }
    }

    @Test("where no payment is known, a return and a claim are refused with where to look for it")
    func unpaid() async throws {
        try await ReturnsBench.run { bench in
            try await bench.deliverOrder(isPaid: false)
            try await bench.setTerms()
            let asked = await #expect(throws: Refusal.self) { try await bench.ask() }
            let claimed = await #expect(throws: Refusal.self) { try await bench.claim() }
            for refusal in [asked, claimed] {
                #expect(refusal?.code == "payments_unknown" && refusal?.field == "order_id")
                #expect(refusal?.message.contains("dead-letters") == true)
            }
        }
    }

    @Test("number and address find the order as well as its id; lines of one kind are one")
    func byNumber() async throws {
        try await ReturnsBench.run { bench in
            try await bench.deliverOrder()
            let id = try await bench.ask(1) {
                ($0.orderID, $0.orderNumber, $0.email) = (nil, "#77", "ANA@example.com")
                $0.lines.append($0.lines[0])
            }
            let record = try await bench.record(id)
            #expect(record.lines.count == 1 && record.lines[0].units.count == 2)
            #expect(record.status == .requested && record.timeline?.map(\.type) == ["return.requested"])
        }
    }
}
