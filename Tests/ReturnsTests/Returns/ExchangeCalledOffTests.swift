import Commerce
import Contracts
import Messaging
import Postgres
import Support
import Testing
import Views

@testable import Returns

/// The shop has made an order of an exchange, and its return is called off before anybody here has heard of it.
@Suite("Exchanges that are called off too late", .tags(.postgres), .enabled(if: ReturnsBench.isThere))
struct ExchangeCalledOffTests {
    private static let shop = ProviderAccounts.onlyShopify(StubHTTP([:]))

    /// The goods of the exchange are set aside as draft 9.
    private func setAside(_ id: ReturnID, due: Int64 = 3_400, _ bench: ReturnsBench) async throws {
        let currency = try #require(Currency(code: "USD"))
        func money(_ units: Int64) -> Money { Money(minorUnits: units, currency: currency) }
        let exchange = ReturnExchange(
            draftID: "9", name: "#D9", credit: money(5_400), due: money(due),
            lines: [.init(sku: "GOWN", quantity: 1, amount: money(5_400 + due), tax: money(0))])
        try await bench.handle {
            try await ExchangeStore($0).save(exchange, of: id)
            var goods = try await ReturnCase.lock(id, in: $0)
            goods.row.externalIDs["exchange"] = "9"
            try await goods.save()
        }
    }

    /// What a cancelled saga does: the draft is an order already, which stays.
    private func undo(
        _ id: ReturnID, as status: String = "cancelled", _ bench: ReturnsBench
    ) async throws -> [Envelope] {
        let cancel = CancelExchange(returnID: id, draftID: "9")
        try await bench.handle {
            let reply = try await CancelExchangeHandler(accounts: Self.shop).settle(
                .init(orderID: "55"), of: .init(draftID: "9"), for: cancel, in: $0)
            #expect(reply.orderID == "55")
        }
        let sent = try await bench.withdraw(id)
        try await bench.endSaga(of: id, as: status)
        return sent
    }

    private func alert(_ sent: [Envelope]) throws -> SendSlackAlert.Alert {
        let command: SendSlackAlert = try #require(sent.first { $0.attributes.type == SendSlackAlert.name }).data()
        return command.alert
    }

    private func expectKept(_ id: ReturnID, _ sent: [Envelope], _ bench: ReturnsBench) async throws {
        let told = try alert(sent)
        #expect(told.title.contains("exchange") && told.text.contains("approve it"))
        #expect(told.fields["exchange_order"] == "55")
        #expect(!sent.types.contains(SendEmail.name))
        let record = try await bench.record(id)
        #expect(record.status == .inReview && record.statusReason?.code == "withdrawn")
        #expect(record.statusReason?.message == told.text)
        #expect(try await bench.heldUnits() == 1)
    }

    /// A person's yes begins the process again, which finds the order and gives nothing beside it.
    private func goOn(_ id: ReturnID, _ bench: ReturnsBench) async throws {
        let order: OperateSaga = try #require(
            try await bench.decide(id, .approve).first { $0.attributes.type == OperateSaga.name }
        ).data()
        #expect(order.verb == .restart)
        let check = try await bench.check(id)
        #expect(check.outcome == .approved && check.goodsAreHere == true)
        let (plan, sent) = try await bench.handleAndSend {
            try await OpenExchangeHandler(accounts: Self.shop).plan(OpenExchange(returnID: id), in: $0)
        }
        guard case .reply(let opened) = plan else {
            Issue.record("another draft would be made")
            return
        }
        #expect(opened == OpenExchange.Reply(draftID: "9", due: "34.00", isPaid: false))
        #expect(sent.types == [ExchangePaid.type])
        try await complete(id, bench)
    }

    private func complete(_ id: ReturnID, _ bench: ReturnsBench) async throws {
        let complete = CompleteExchange(returnID: id, draftID: "9")
        let handler = CompleteExchangeHandler(accounts: Self.shop)
        for _ in 1...2 {
            try await bench.handle {
                switch try await handler.plan(complete, in: $0) {
                case .reply(let reply): #expect(reply.orderID == "55")
                case .read(let request), .effect(_, let request):
                    _ = try await handler.settle(.init(orderID: "55"), of: request, for: complete, in: $0)
                }
            }
        }
        #expect(try await bench.entries() == ["captured", "exchanged"])
        #expect(try await bench.record(id).status == .exchanged)
        #expect(try await bench.heldUnits() == 1)
    }

    @Test("with its goods here it stays with a person who is told; a yes brings the exchange to its end, once")
    func goodsAreHere() async throws {
        try await ReturnsBench.run { bench in
            try await bench.deliverOrder()
            let id = try await bench.inspected()
            try await setAside(id, bench)
            try await expectKept(id, try await undo(id, bench), bench)
            let no = await #expect(throws: Refusal.self) { try await bench.decide(id, .reject) }
            #expect(no?.code == "not_allowed" && no?.message.contains("55") == true)
            try await goOn(id, bench)
        }
    }

    @Test("one of which an older build kept only the order is closed by a yes; no other is made, and nothing is paid")
    func unreckoned() async throws {
        try await ReturnsBench.run { bench in
            try await bench.deliverOrder()
            let id = try await bench.inspected()
            try await setAside(id, bench)
            try await expectKept(id, try await undo(id, bench), bench)
            try await bench.handle { try await ExchangeStore($0).save(nil, of: id) }
            let no = await #expect(throws: Refusal.self) { try await bench.decide(id, .reject) }
            #expect(no?.code == "exchange_stands" && no?.message.contains("closed") == true)
            let opened = await #expect(throws: Refusal.self) {
                try await bench.handle {
                    _ = try await OpenExchangeHandler(accounts: Self.shop).plan(OpenExchange(returnID: id), in: $0)
                }
            }
            #expect(opened == no)
            let sent = try await bench.decide(id, .approve)
            #expect(!sent.types.contains(OperateSaga.name) && !sent.types.contains(SendRefund.name))
            #expect(try await bench.record(id).status == .closed)
            #expect(try await bench.heldUnits() == 1)
        }
    }

    @Test("a process that waits for a word on such a one is undone, and its return stays closed")
    func unreckonedAndDriven() async throws {
        try await ReturnsBench.run { bench in
            try await bench.deliverOrder()
            let id = try await bench.inspected(grade: "B")
            try await bench.handle {
                var goods = try await ReturnCase.lock(id, in: $0)
                goods.row.externalIDs["exchange_order"] = "55"
                try await goods.save()
            }
            let news: ReturnReviewed = try #require(
                try await bench.decide(id, .approve).first { $0.attributes.type == ReturnReviewed.type }
            ).data()
            #expect(!news.approved)
            #expect(try await !bench.withdraw(id).types.contains(SendSlackAlert.name))
            #expect(try await bench.record(id).status == .closed)
            #expect(try await bench.heldUnits() == 1)
        }
    }

    @Test("called off while its goods were being ordered, it stays with a person in the same way")
    func orderedMeanwhile() async throws {
        try await ReturnsBench.run { bench in
            try await bench.deliverOrder()
            let id = try await bench.inspected()
            try await setAside(id, bench)
            try await complete(id, bench)
            try await expectKept(id, try await undo(id, bench), bench)
            try await goOn(id, bench)
        }
    }

    @Test("goods that the customer keeps are not free again either")
    func kept() async throws {
        try await ReturnsBench.run { bench in
            try await bench.deliverOrder()
            let id = try await bench.ask()
            try await bench.handle {
                try await $0.database.execute("UPDATE return_units SET stays = true WHERE return_id = \(id.uuid)")
            }
            #expect(try await bench.check(id).outcome == .approved)
            try await setAside(id, bench)
            try await expectKept(id, try await undo(id, bench), bench)
            try await goOn(id, bench)
        }
    }

    @Test("after a person's no that came too late it is with a person again, and nobody is told that it was rejected")
    func rejectedMeanwhile() async throws {
        try await ReturnsBench.run { bench in
            try await bench.deliverOrder()
            let id = try await bench.inspected(grade: "B")
            try await setAside(id, due: 0, bench)
            try await bench.decide(id, .reject)
            #expect(try await bench.record(id).status == .rejected)
            try await expectKept(id, try await undo(id, as: "compensated", bench), bench)
        }
    }

    @Test("what is refunded beside it is what the new goods leave of the old ones' worth")
    func refund() async throws {
        try await ReturnsBench.run { bench in
            try await bench.deliverOrder()
            let id = try await bench.inspected()
            try await setAside(id, bench)
            _ = try await undo(id, bench)
            try await bench.decide(id, .approve)
            #expect(try await bench.refund(id).refundID == nil)
            #expect(try await bench.heldUnits() == 1)
        }
    }

    @Test("called off in time it ends, and its unit is free")
    func inTime() async throws {
        try await ReturnsBench.run { bench in
            try await bench.deliverOrder()
            let id = try await bench.sendLabel()
            try await setAside(id, bench)
            let cancel = CancelExchange(returnID: id, draftID: "9")
            try await bench.handle {
                _ = try await CancelExchangeHandler(accounts: Self.shop).settle(
                    .init(orderID: nil), of: .init(draftID: "9"), for: cancel, in: $0)
            }
            try await bench.withdraw(id)
            #expect(try await bench.record(id).status == .cancelled)
            #expect(try await bench.heldUnits() == 0)
        }
    }
}
