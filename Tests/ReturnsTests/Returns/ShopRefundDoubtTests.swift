import Commerce
import Contracts
import Foundation
import Messaging
import Providers
import Support
import Testing
import Views

@testable import Returns

@Suite(
    "Units that are refunded in the shop while their return is open", .tags(.postgres),
    .enabled(if: ReturnsBench.isThere))
struct ShopRefundDoubtTests {
    private func code(_ work: () async throws -> Void) async -> String? {
        do {
            try await work()
            return nil
        } catch {
            return (error as? Refusal)?.code
        }
    }

    private func alerts(_ sent: [Envelope]) throws -> [SendSlackAlert.Alert] {
        try sent.filter { $0.attributes.type == SendSlackAlert.name }.map { try $0.data(SendSlackAlert.self).alert }
    }

    @Test("of a line with another unit, the return is paid as well only once a person has said so")
    func anotherUnit() async throws {
        try await ReturnsBench.run { bench in
            try await bench.deliverOrder()
            let id = try await bench.sendLabel()
            let told = try alerts(try await bench.refundInShop(1))
            #expect(told.count == 1 && told.first?.fields["returns"] == "\(id)")
            #expect(try alerts(try await bench.refundInShop(1)).isEmpty)
            #expect(try await bench.heldUnits() == 2)
            #expect(try await bench.record(id).status == .labelSent)
            try await bench.receive(id)
            try await bench.inspect(id, grade: "A", matched: true)
            let assessment = try await bench.assess(id)
            #expect(assessment.verdict == .review && assessment.reason?.code == "refunded_in_shop")
            #expect(assessment.reason?.message.contains("1 × ROBE was refunded in the shop.") == true)
            #expect(try await bench.tender().pending == 0)
            try await bench.decide(id, .approve)
            #expect(try await bench.refund(id).amount == "54.00")
            #expect(try await bench.tender().refunded == 5_400)
        }
    }

    @Test("a second refund of as many units is told as well, with all of them: a yes to the first is none to it")
    func again() async throws {
        try await ReturnsBench.run { bench in
            try await bench.deliverOrder()
            let id = try await bench.inspected()
            func refundAgain(_ total: Int) async throws -> String? {
                let sent = try await bench.handleAndSend { [orderID = bench.orderID] in
                    let ledger = try #require(try await LedgerStore($0).lock(orderID))
                    let line = try #require(ledger.sale.lines.first)
                    try await ShopRefundDoubt(of: ledger, $0).tell(
                        [.init(line: line, quantity: 1, total: total, missing: 0, isEdited: false)])
                }.sent
                return try alerts(sent).first?.text
            }
            let first = try #require(try await refundAgain(1))
            try await bench.review(id)
            let second = try #require(try await refundAgain(2))
            #expect(second.contains("1 × ROBE was refunded in the shop, 2 in all."))
            #expect(try await bench.record(id).statusReason?.message == "\(first) \(second)")
            try await bench.handle {
                var row = try await ReturnCase.lock(id, in: $0).row
                let isKnown = row.approve(knowing: Refusal(code: Refusal.refundedInShop, message: first))
                #expect(!isKnown && row.shopRefund?.message.contains(second) == true)
            }
            try await bench.decide(id, .approve)
            #expect(try await bench.refund(id).amount == "54.00")
        }
    }

    @Test("what is refunded there after the goods were assessed is found before their money is asked for, or sent")
    func afterAssessment() async throws {
        try await ReturnsBench.run { bench in
            try await bench.deliverOrder()
            let id = try await bench.inspected()
            try await bench.refundInShop(1)
            #expect(await code { _ = try await bench.refund(id) } == "refunded_in_shop")
            try await bench.review(id)
            try await bench.decide(id, .approve)
            _ = try await bench.refund(id)
        }
        try await ReturnsBench.run { bench in
            try await bench.deliverOrder()
            let id = try await bench.inspected()
            let refund = try #require(try await bench.refund(id).refundID)
            try await bench.refundInShop(1)
            try await bench.handle {
                let handler = SendRefundHandler(accounts: .onlyShopify(StubHTTP([:])))
                guard case .reply(let reply) = try await handler.plan(SendRefund(refundID: refund), in: $0) else {
                    Issue.record("what was refunded in the shop was to be given again")
                    return
                }
                #expect(reply.error?.code == "refunded_in_shop")
            }
            let record = try await bench.record(id)
            #expect(record.status == .inReview && record.statusReason?.code == "refunded_in_shop")
            try await bench.decide(id, .approve)
            #expect(try await bench.refund(id).amount == "54.00")
        }
    }

    @Test("where no unit is free, what the shop took back is kept: it takes the return's once the return lets go of it")
    func shortage() async throws {
        try await ReturnsBench.run { bench in
            try await bench.deliverOrder()
            let id = try await bench.sendLabel(2)
            let told = try alerts(try await bench.refundInShop(1))
            #expect(told.first?.text.contains("of which 1 can only be of a return") == true)
            #expect(try alerts(try await bench.refundInShop(1)).isEmpty)
            #expect(try await bench.heldUnits() == 2)
            try await bench.withdraw(id)
            #expect(try await bench.record(id).status == .cancelled)
            #expect(try await bench.heldUnits() == 1)
            _ = try await bench.ask()
            #expect(await code { _ = try await bench.ask() } != nil)
            #expect(try await bench.heldUnits() == 2)
        }
    }

    @Test("a refund in the shop that fails gives back what it took, also what was missing")
    func failed() async throws {
        try await ReturnsBench.run { bench in
            try await bench.deliverOrder()
            let id = try await bench.sendLabel(2)
            try await bench.refundInShop(1)
            try await bench.refundInShop(1, "failure")
            try await bench.withdraw(id)
            #expect(try await bench.heldUnits() == 0)
            _ = try await bench.ask(2)
        }
    }

    @Test("no new goods are set aside for them before a person has said so")
    func exchange() async throws {
        try await ReturnsBench.run { bench in
            try await bench.deliverOrder()
            let rules = #""rules":[{"id":"r","when":{},"then":{"instant_refund":true}}]"#
            try await bench.set(policy: #"\#(rules),"resolutions":["original_payment","exchange"]"#)
            let id = try await bench.ask {
                ($0.resolution, $0.exchangeLines) = (.exchange, [.init(sku: "SLIP", quantity: 1)])
            }
            try await bench.label(id)
            try await bench.receive(id)
            try await bench.inspect(id, grade: "A", matched: true)
            #expect(try await bench.assess(id).verdict == .refund)
            try await bench.refundInShop(1)
            let handler = OpenExchangeHandler(accounts: .onlyShopify(StubHTTP([:])))
            @Sendable func open(in transaction: HandlerTransaction) async throws {
                _ = try await handler.plan(OpenExchange(returnID: id), in: transaction)
            }
            #expect(await code { try await bench.handle { try await open(in: $0) } } == "refunded_in_shop")
            try await bench.review(id)
            try await bench.decide(id, .approve)
            #expect(await code { try await bench.handle { try await open(in: $0) } } == nil)
        }
    }

    @Test("new goods that are set aside and leave no money to give are not ordered before a person has said so, either")
    func exchangeOfEqualWorth() async throws {
        try await ReturnsBench.run { bench in
            try await bench.deliverOrder()
            let id = try await bench.inspected()
            let currency = try #require(Currency(code: "USD"))
            let price = try Money(decimal: "54.00", currency: currency)
            try await bench.handle {
                let exchange = ReturnExchange(
                    draftID: "9", name: "#D9", credit: price, due: .zero(currency),
                    lines: [.init(sku: "GOWN", quantity: 1, amount: price, tax: .zero(currency))])
                try await ExchangeStore($0).save(exchange, of: id)
            }
            try await bench.refundInShop(1)
            #expect(await code { _ = try await bench.refund(id) } == "refunded_in_shop")
            try await bench.review(id)
            try await bench.decide(id, .approve)
            #expect(try await bench.refund(id).refundID == nil)
        }
    }

    @Test("a claim is neither refunded nor replaced before a person has said so")
    func claim() async throws {
        try await ReturnsBench.run { bench in
            try await bench.deliverOrder()
            try await bench.setTerms()
            let id = try await bench.sendIn()
            try await bench.refundInShop(1)
            try await bench.inspect(id, remedy: .refund)
            #expect(try await bench.choose(id) == .refund)
            let goods = try #require(try await bench.warranty(id).returnID)
            let refusal = await #expect(throws: Refusal.self) { try await bench.refund(goods) }
            #expect(refusal?.code == "refunded_in_shop")
            let tried = ChooseRemedy(
                warrantyID: id, tried: [.refund, .repair, .replacement], reason: try #require(refusal))
            try await bench.handle { _ = try await ChooseRemedyHandler().handle(tried, in: $0) }
            #expect(try await bench.warranty(id).status == .inReview)
            try await bench.decide(id, .approve)
            #expect(try await bench.choose(id) == .refund)
            #expect(try await bench.refund(goods).amount == "54.00")
        }
    }

    @Test("a claim whose order has no money left is replaced once a person has said so, who was told of it")
    func replaced() async throws {
        try await ReturnsBench.run { bench in
            try await bench.deliverOrder()
            try await bench.setTerms()
            let id = try await bench.sendIn()
            try await bench.refundInShop(1, amount: "113.00")
            try await bench.inspect(id, remedy: .replacement)
            let goods = try #require(try await bench.warranty(id).returnID)
            let handler = OpenReplacementHandler(accounts: .onlyShopify(StubHTTP([:])))
            @Sendable func open(in transaction: HandlerTransaction) async throws {
                _ = try await handler.plan(OpenReplacement(warrantyID: id), in: transaction)
            }
            #expect(await code { try await bench.handle { try await open(in: $0) } } == "refunded_in_shop")
            let unpaid = await #expect(throws: Refusal.self) { try await bench.refund(goods) }
            #expect(unpaid?.code == "nothing_refundable")
            let tried = ChooseRemedy(
                warrantyID: id, tried: [.replacement, .repair, .refund], reason: try #require(unpaid))
            try await bench.handle { _ = try await ChooseRemedyHandler().handle(tried, in: $0) }
            let told = try #require(try await bench.warranty(id).statusReason)
            #expect(told.code == "no_remedy_left" && told.message.contains("1 × ROBE was refunded in the shop."))
            try await bench.decide(id, .approve, remedy: .replacement)
            #expect(try await bench.choose(id) == .replacement)
            #expect(await code { try await bench.handle { try await open(in: $0) } } == nil)
        }
    }

    @Test("a claim that its process hands to a person tells of what was refunded in the shop before")
    func reviewed() async throws {
        try await ReturnsBench.run { bench in
            try await bench.deliverOrder()
            try await bench.setTerms()
            let id = try await bench.sendIn()
            try await bench.refundInShop(1)
            let refusal = Refusal(code: "no_stock", message: "There is none.")
            try await bench.handle {
                _ = try await ReviewWarrantyHandler().handle(
                    ReviewWarranty(warrantyID: id, reason: refusal), in: $0)
            }
            let told = try #require(try await bench.warranty(id).statusReason)
            #expect(told.code == "no_stock" && told.message.contains("1 × ROBE was refunded in the shop."))
        }
    }
}

extension ReturnsBench {
    /// Somebody has refunded so many robes in the shop, and its order is read again.
    @discardableResult
    func refundInShop(
        _ quantity: Int, _ status: String = "success", amount: String = "54.00"
    ) async throws -> [Envelope] {
        let refund = """
            [{"id":9,"refund_line_items":[{"line_item_id":1,"quantity":\(quantity),"subtotal":\(50 * quantity).0,
              "total_tax":\(4 * quantity).0}],
              "transactions":[{"id":901,"kind":"refund","status":"\(status)","amount":"\(amount)","parent_id":801}]}]
            """
        let order = try ShopifyOrder(json: Array(Self.paidOrder(refunds: refund).utf8))
        let movements = """
            [{"id":801,"kind":"sale","status":"success","gateway":"shopify_payments","amount":"113.00"},
             {"id":901,"kind":"refund","status":"\(status)","amount":"\(amount)","parent_id":801}]
            """
        let transactions = try JSONDecoder().decode([ShopifyTransaction].self, from: Data(movements.utf8))
        return try await handleAndSend { [orderID] in
            try await PaymentsUpdate(
                orderID: orderID, order: order, transactions: transactions, transaction: $0
            ).post()
        }.sent
    }

    /// What the saga does with the refusal of a refund or an exchange.
    func review(_ id: ReturnID) async throws {
        try await handle {
            let reason = try #require(try await ReturnStore($0).shopRefund(of: id))
            _ = try await ReviewReturnHandler().handle(ReviewReturn(returnID: id, reason: reason), in: $0)
        }
    }
}
