import Commerce
import Contracts
import Messaging
import Support
import Testing
import Views

@testable import Returns

@Suite("Returns that are closed and taken up again", .tags(.postgres), .enabled(if: ReturnsBench.isThere))
struct ReturnAtRestTests {
    /// Its saga has ended well.
    private func rest(_ id: ReturnID, _ bench: ReturnsBench) async throws {
        try await bench.close(id)
        try await bench.endSaga(of: id)
        #expect(try await bench.record(id).status == .closed)
    }

    /// Worth nothing by its grade, and closed without money.
    private func unrefunded(_ bench: ReturnsBench) async throws -> ReturnID {
        try await bench.deliverOrder()
        let id = try await bench.inspected(grade: "D")
        try await bench.decide(id, .approve)
        #expect(try await bench.refund(id).refundID == nil)
        try await rest(id, bench)
        return id
    }

    private func sending(_ sent: [Envelope]) throws -> RefundID {
        try #require(sent.first { $0.attributes.type == SendRefund.name }).data(SendRefund.self).refundID
    }

    @Test("graded anew and approved, it is paid by its grade and rests again; paid, it is not taken up once more")
    func reopened() async throws {
        try await ReturnsBench.run { bench in
            let id = try await unrefunded(bench)
            try await bench.reopen(id)
            #expect(try await bench.record(id).statusReason?.code == "reopened")
            try await bench.inspect(id, grade: "B", matched: true)
            let decided = try await bench.decide(id, .approve)
            #expect(!decided.types.contains(ReturnReviewed.type))
            let refund = try sending(decided)
            #expect(try await bench.tender().pending == 4_320)
            let told = try await bench.settle(refund, as: .succeeded)
            #expect(told.types.filter { $0 == RecordRefundInBooks.name }.count == 1)
            #expect(told.types.contains(RestockReturn.name))
            #expect(told.types.contains(NotifyReturnCustomer.name) && told.types.contains(PostReturnMessage.name))
            #expect(try await bench.record(id).status == .closed)
            let again = await #expect(throws: Refusal.self) { try await bench.reopen(id) }
            #expect(again?.code == "not_allowed" && again?.message.contains("made good") == true)
            #expect(try await bench.tender().refunded == 4_320)
            #expect(try await bench.heldUnits() == 1)
        }
    }

    @Test("its money fails in part after it was closed: approved, only what is still owed is given")
    func failedAtRest() async throws {
        try await ReturnsBench.run { bench in
            var shop = RefundPartTests.Shop()
            try await shop.read(bench)
            try await bench.deliverOrder(isPaid: false)
            let id = try await bench.inspected()
            let first = try #require(try await bench.refund(id).refundID)
            try await shop.make(first, bench)
            _ = try await bench.settle(first, as: .succeeded)
            try await rest(id, bench)
            shop.giveGiftCardOnly()
            let given = shop.refunded
            #expect(given > 0)
            try await shop.read(bench)
            #expect(try await bench.record(id).status == .inReview)
            let second = try sending(await bench.decide(id, .approve))
            let amount = try await bench.handle { try await RefundStore($0).find(second)?.amount.minorUnits }
            #expect(amount == 5_400 - given)
            _ = try await bench.settle(second, as: .succeeded)
            #expect(try await bench.record(id).status == .closed)
        }
    }

    @Test("a refund that fails comes back to whoever decides, and one that arrived after all is not paid again")
    func failsAndArrives() async throws {
        try await ReturnsBench.run { bench in
            let id = try await unrefunded(bench)
            try await bench.reopen(id)
            try await bench.inspect(id, grade: "A", matched: true)
            let first = try sending(await bench.decide(id, .approve))
            _ = try await bench.settle(first, as: .failed)
            #expect(try await bench.record(id).status == .inReview)
            _ = try await bench.settle(first, as: .succeeded)
            let no = await #expect(throws: Refusal.self) { try await bench.decide(id, .reject) }
            #expect(no?.code == "not_allowed")
            let decided = try await bench.decide(id, .approve)
            #expect(!decided.types.contains(SendRefund.name))
            #expect(try await bench.record(id).status == .closed)
            #expect(try await bench.tender().refunded == 5_400)
        }
    }

    @Test("a no closes what was taken up as it was, and ends what is unpaid; the goods are free only then")
    func rejected() async throws {
        try await ReturnsBench.run { bench in
            let id = try await unrefunded(bench)
            try await bench.reopen(id)
            #expect(try await bench.decide(id, .reject).types.contains(RestockReturn.name))
            #expect(try await bench.record(id).status == .closed)
            #expect(try await bench.heldUnits() == 1)
            try await bench.reopen(id)
            try await bench.inspect(id, grade: "A", matched: true)
            _ = try await bench.settle(try sending(await bench.decide(id, .approve)), as: .failed)
            try await bench.decide(id, .reject)
            #expect(try await bench.record(id).status == .rejected)
            #expect(try await bench.heldUnits() == 0)
        }
    }

    @Test("what a person says with a no to what was taken up is mailed and on the ticket each time; silence is not")
    func saidAgain() async throws {
        try await ReturnsBench.run { bench in
            let id = try await unrefunded(bench)
            var versions: [String] = []
            for message in ["It was worn.", nil, "As we said."] {
                try await bench.reopen(id)
                let sent = try await bench.decide(id, .reject, saying: message)
                #expect(try await bench.record(id).status == .closed)
                guard let message else {
                    #expect(!sent.types.contains(SendEmail.name) && !sent.types.contains(PostReturnMessage.name))
                    continue
                }
                let mail: SendEmail = try #require(sent.first { $0.attributes.type == SendEmail.name }).data()
                #expect(mail.template == .returnUnrefunded && mail.values.texts["reason"] == message)
                let post: PostReturnMessage = try #require(
                    sent.first { $0.attributes.type == PostReturnMessage.name }
                ).data()
                #expect(post.message == .unrefunded && post.version == mail.version)
                versions.append(mail.version)
            }
            #expect(Set(versions).count == 2)
        }
    }

    @Test("given up and rejected, it is taken up once its saga has ended, as a closed one is, and paid once")
    func givenUp() async throws {
        try await ReturnsBench.run { bench in
            try await bench.deliverOrder()
            let id = try await bench.inspected()
            _ = try await bench.settle(try #require(try await bench.refund(id).refundID), as: .failed)
            try await bench.decide(id, .reject)
            try await bench.close(id)
            let driven = await #expect(throws: Refusal.self) { try await bench.reopen(id) }
            #expect(driven?.code == "not_allowed")
            try await bench.endSaga(of: id)
            try await bench.reopen(id)
            #expect(try await bench.record(id).status == .inReview)
            #expect(try await bench.heldUnits() == 1)
            let second = try sending(await bench.decide(id, .approve))
            let told = try await bench.settle(second, as: .succeeded)
            #expect(told.types.contains(NotifyReturnCustomer.name))
            #expect(try await bench.record(id).status == .closed)
            #expect(try await bench.tender().refunded == 5_400)
            let again = await #expect(throws: Refusal.self) { try await bench.reopen(id) }
            #expect(again?.message.contains("made good") == true)
        }
    }

    @Test("given up and rejected, it stays so where its money has arrived after all")
    func givenUpAndArrived() async throws {
        try await ReturnsBench.run { bench in
            try await bench.deliverOrder()
            let id = try await bench.inspected()
            let refund = try #require(try await bench.refund(id).refundID)
            _ = try await bench.settle(refund, as: .failed)
            try await bench.decide(id, .reject)
            try await bench.close(id)
            try await bench.endSaga(of: id)
            _ = try await bench.settle(refund, as: .succeeded)
            let paid = await #expect(throws: Refusal.self) { try await bench.reopen(id) }
            #expect(paid?.message.contains("made good") == true)
            #expect(try await bench.record(id).status == .rejected)
        }
    }

    /// What the customer would be told now: the mail, and the ticket's message by its name.
    private func news(of id: ReturnID, _ bench: ReturnsBench) async throws -> (mail: SendEmail, message: String?) {
        let notify = NotifyReturnCustomer(returnID: id, notice: .returnRefunded)
        let sent = try await bench.handleAndSend {
            _ = try await NotifyReturnCustomerHandler().handle(notify, in: $0)
        }.sent
        let mail: SendEmail = try #require(sent.first { $0.attributes.type == SendEmail.name }).data()
        let handler = PostReturnMessageHandler(accounts: .onlyShopify(StubHTTP([:])))
        let post = PostReturnMessage(returnID: id, message: .refunded)
        guard case .effect(let key, _) = try await bench.handle({ try await handler.plan(post, in: $0) }) else {
            return (mail, nil)
        }
        return (mail, key)
    }

    @Test("each refund is told once: what fails and arrives again is no news, what is given in its place is")
    func told() async throws {
        try await ReturnsBench.run { bench in
            try await bench.deliverOrder()
            let id = try await bench.ask { $0.helpdesk = .init(provider: "gorgias", ticketID: "1") }
            try await bench.label(id)
            try await bench.receive(id)
            try await bench.inspect(id, grade: "A", matched: true)
            _ = try await bench.assess(id)
            let first = try #require(try await bench.refund(id).refundID)
            _ = try await bench.settle(first, as: .succeeded)
            try await rest(id, bench)
            for status in [RefundStatus.failed, .succeeded] { _ = try await bench.settle(first, as: status) }
            try await bench.decide(id, .approve)
            let same = try await news(of: id, bench)
            #expect(same.mail.version == "1" && same.message == "message.post:\(id)/refunded")
            _ = try await bench.settle(first, as: .failed)
            let second = try sending(await bench.decide(id, .approve))
            let sent = try await bench.settle(second, as: .succeeded)
            #expect(sent.types.contains(NotifyReturnCustomer.name) && sent.types.contains(PostReturnMessage.name))
            let again = try await news(of: id, bench)
            #expect(again.mail.version == "\(second)" && again.mail.values.texts["amount"] == "54.00")
            #expect(again.message == "message.post:\(id)/refunded/\(second)")
        }
    }

    @Test("one that still has its saga, or whose unit another return has, stays closed")
    func notReopened() async throws {
        try await ReturnsBench.run { bench in
            try await bench.deliverOrder()
            let id = try await bench.sendLabel(2)
            try await bench.receive(id, 1)
            try await bench.receive(id, 1, as: .missing)
            try await bench.inspect(id, grade: "D", matched: true)
            _ = try await bench.assess(id)
            try await bench.decide(id, .approve)
            #expect(try await bench.refund(id).refundID == nil)
            try await bench.close(id)
            let driven = await #expect(throws: Refusal.self) { try await bench.reopen(id) }
            #expect(driven?.code == "not_allowed" && driven?.message.contains("/refunds") == true)
            try await rest(id, bench)
            _ = try await bench.ask()
            let taken = await #expect(throws: Refusal.self) { try await bench.reopen(id) }
            #expect(taken?.code == "already_returned")
            #expect(try await bench.record(id).status == .closed)
        }
    }
}
