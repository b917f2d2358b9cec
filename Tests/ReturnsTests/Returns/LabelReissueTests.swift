import Commerce
import Contracts
import Foundation
import Messaging
import Providers
import Support
import Testing
import Views

@testable import Returns

@Suite("Before a label is replaced")
struct LabelReissueCallTests {
    private func perform(_ http: StubHTTP) async throws -> ReissueReturnLabelHandler.Outcome {
        let parcel = try JSONDecoder().decode(
            ReturnParcel.self,
            from: Data(
                #"{"key":"ret-label-2","number":"RMA-1","from":{"name":"Ana Ruiz","country":"US"},"items":[]}"#.utf8))
        let replaced = ReplacedLabel(labelID: "se-1", trackingNumber: "1ZBACK", successorKey: "ret-label-2")
        return try await ReissueReturnLabelHandler(accounts: .shipping(http)).perform(
            .init(parcel: parcel, replaced: replaced),
            for: EffectCall(workspaceID: WorkspaceID(), key: "k", now: SystemClock().now))
    }

    @Test("the carrier is asked for the parcel, and no label is bought for one that it has")
    func seen() async throws {
        let http = StubHTTP([
            "GET /labels/se-1/track": .init(body: #"{"tracking_number":"1ZBACK","status_code":"IT","events":[]}"#)
        ])
        guard case .seen(.inTransit, bought: nil) = try await perform(http) else {
            Issue.record("the parcel was to be seen")
            return
        }
        #expect(http.requests.first?.hasSuffix("/labels/se-1/track") == true)
        #expect(!http.requests.contains { $0.hasPrefix("POST") })
    }

    @Test("a parcel that nobody knows is no reason against another label")
    func unseen() async throws {
        let http = StubHTTP([:])
        // No route is set up: what is refused here is the purchase.
        let failure = await #expect(throws: ProviderFailure.self) { _ = try await perform(http) }
        guard case .refused = failure else {
            Issue.record("the purchase was to be refused, got \(String(describing: failure))")
            return
        }
        #expect(http.requests.first?.hasSuffix("/labels/se-1/track") == true)
    }
}

@Suite("Another label in the place of one", .enabled(if: ReturnsBench.isThere))
struct LabelReissueTests {
    private static let handler = ReissueReturnLabelHandler(accounts: .shipping(StubHTTP([:])))
    private static let label = BoughtLabel(
        id: "se-2", carrier: "UPS", service: "ground", trackingNumber: "1ZNEW", url: nil,
        document: Array("%PDF-".utf8))

    private struct Planned: Sendable {
        var key: String
        var request: ReissueReturnLabelHandler.Request
    }

    private struct NotPlanned: Error {}

    private func command(_ id: ReturnID, _ label: String = "se-1") -> ReissueReturnLabel {
        ReissueReturnLabel(returnID: id, labelID: label, reason: "lost")
    }

    private func plan(
        _ bench: ReturnsBench, _ command: ReissueReturnLabel, pause: TimeInterval = 600
    ) async throws -> Planned {
        let handler = ReissueReturnLabelHandler(accounts: .shipping(StubHTTP([:])), pause: pause)
        switch try await bench.handle({ try await handler.plan(command, in: $0) }) {
        case .effect(let key, let request): return Planned(key: key, request: request)
        case .read, .reply: throw NotPlanned()
        }
    }

    private func settle(
        _ bench: ReturnsBench, _ outcome: ReissueReturnLabelHandler.Outcome, _ planned: Planned,
        _ command: ReissueReturnLabel
    ) async throws -> (reply: ReissueReturnLabel.Reply, sent: [Envelope]) {
        let (reply, sent) = try await bench.handleAndSend {
            try await Self.handler.settle(outcome, of: planned.request, for: command, in: $0)
        }
        return (reply, sent.filter { !$0.attributes.type.contains(".") })
    }

    /// With the customer, labelled `se-1`.
    private func labelled(_ bench: ReturnsBench) async throws -> ReturnID {
        try await bench.deliverOrder()
        let id = try await bench.sendLabel()
        try await bench.announce(id, as: "RMA1")
        return id
    }

    /// With the customer, labelled `se-2` in the place of `se-1`.
    private func relabelled(_ bench: ReturnsBench) async throws -> ReturnID {
        let id = try await labelled(bench)
        _ = try await settle(bench, .bought(Self.label), plan(bench, command(id)), command(id))
        return id
    }

    private func scan(_ bench: ReturnsBench, _ id: ReturnID) async throws {
        try await bench.handle { transaction in
            var goods = try await ReturnCase.lock(id, in: transaction)
            try await ParcelNews(trackingNumber: "1ZBACK", status: .inTransit, transaction: transaction)
                .write(on: &goods)
        }
    }

    private func voidKey(_ bench: ReturnsBench, _ command: VoidReturnLabel) async throws -> String {
        let handler = VoidReturnLabelHandler(accounts: .shipping(StubHTTP([:])))
        guard case .effect(let key, _) = try await bench.handle({ try await handler.plan(command, in: $0) }) else {
            throw NotPlanned()
        }
        return key
    }

    private func void(_ bench: ReturnsBench, _ id: ReturnID, _ label: String, refusal: String? = nil) async throws {
        let handler = VoidReturnLabelHandler(accounts: .shipping(StubHTTP([:])))
        let command = VoidReturnLabel(returnID: id, labelID: label, exactly: true)
        try await bench.handle {
            _ = try await handler.settle(
                .init(refusal: refusal), of: .init(labelID: label), for: command, in: $0)
        }
    }

    // MARK: The new label

    @Test("the new label is the return's and goes to the customer as the first did; the one before is voided")
    func given() async throws {
        try await ReturnsBench.run { bench in
            let id = try await labelled(bench)
            let planned = try await plan(bench, command(id))
            #expect(planned.key == "label.reissue:\(id)-label-2" && planned.request.parcel.key == "\(id)-label-2")
            let (reply, sent) = try await settle(bench, .bought(Self.label), planned, command(id))
            #expect(reply == .init(labelID: "se-2", trackingNumber: "1ZNEW"))
            #expect(sent.types == [VoidReturnLabel.name, PostReturnMessage.name, SendEmail.name])
            let void: VoidReturnLabel = try sent[0].data()
            #expect(void.labelID == "se-1" && void.exactly == true)
            let message: PostReturnMessage = try sent[1].data()
            #expect(message.message == .label)
            let mail: SendEmail = try sent[2].data()
            #expect(mail.template == .returnLabel && mail.version == "se-2" && mail.documents.count == 1)
            #expect(mail.values.texts["tracking_number"] == "1ZNEW" && mail.values.texts["replaces"] != nil)
            let record = try await bench.record(id)
            #expect(record.status == .labelSent && record.externalIDs["shipstation"] == "se-2")
            #expect(record.label?.trackingNumber == "1ZNEW" && record.label?.replaces == "se-1")
            #expect(record.timeline?.count { $0.type == "return.label_sent" } == 2)
        }
    }

    @Test("a label is replaced once, however often that is asked; the next one has a key of its own")
    func once() async throws {
        try await ReturnsBench.run { bench in
            let id = try await labelled(bench)
            let first = try await plan(bench, command(id))
            #expect(try await plan(bench, command(id)).key == first.key)
            _ = try await settle(bench, .bought(Self.label), first, command(id))
            #expect(try await plan(bench, command(id)).key == first.key)
            // Who asks again at once has not seen yet that the label was replaced.
            let refusal = await #expect(throws: Refusal.self) { _ = try await plan(bench, command(id, "se-2")) }
            #expect(refusal?.code == "not_allowed")
            let next = try await plan(bench, command(id, "se-2"), pause: 0)
            #expect(next.key == "label.reissue:\(id)-label-3")
        }
    }

    @Test("only the label that the customer has is replaced, while nobody has seen its parcel")
    func refused() async throws {
        try await ReturnsBench.run { bench in
            let id = try await labelled(bench)
            func code(_ label: String) async -> String? {
                let refusal = await #expect(throws: Refusal.self) { _ = try await plan(bench, command(id, label)) }
                return refusal?.code
            }
            #expect(await code("se-9") == "not_allowed")
            try await void(bench, id, "se-1")
            #expect(await code("se-1") == "not_allowed")
            try await bench.announce(id, as: "RMA1")
            try await scan(bench, id)
            #expect(await code("se-1") == "not_allowed")
            try await bench.receive(id)
            #expect(await code("se-1") == "not_allowed")
            #expect(try await bench.record(id).timeline?.contains { $0.type == "return.label_reissue" } == false)
        }
    }

    @Test("a return without a label of ours gets none this way")
    func unlabelled() async throws {
        try await ReturnsBench.run { bench in
            try await bench.deliverOrder()
            let id = try await bench.sendLabel()
            let refusal = await #expect(throws: Refusal.self) { _ = try await plan(bench, command(id)) }
            #expect(refusal?.code == "not_allowed")
        }
    }

    @Test("a parcel that the carrier turns out to have is on its way, and keeps its label")
    func seen() async throws {
        try await ReturnsBench.run { bench in
            let id = try await labelled(bench)
            let (reply, sent) = try await settle(
                bench, .seen(.inTransit, bought: nil), plan(bench, command(id)), command(id))
            #expect(reply.labelID == nil && sent.isEmpty)
            let record = try await bench.record(id)
            #expect(record.status == .inTransit && record.label?.id == "se-1")
        }
    }

    @Test("a label that was bought before its parcel was seen is given back")
    func boughtBefore() async throws {
        try await ReturnsBench.run { bench in
            let id = try await labelled(bench)
            let (reply, sent) = try await settle(
                bench, .seen(.inTransit, bought: Self.label), plan(bench, command(id)), command(id))
            let void: VoidReturnLabel = try #require(sent.first).data()
            #expect(reply.labelID == nil && sent.count == 1 && void.labelID == "se-2" && void.exactly == true)
            #expect(try await bench.record(id).label?.id == "se-1")
        }
    }

    @Test("a label that comes too late is given back and told to nobody", arguments: [false, true])
    func tooLate(isCancelled: Bool) async throws {
        try await ReturnsBench.run { bench in
            let id = try await labelled(bench)
            let planned = try await plan(bench, command(id))
            if isCancelled { try await bench.withdraw(id) } else { try await scan(bench, id) }
            // A process that died over the purchase finds it again, whatever has become of the return.
            #expect(try await plan(bench, command(id)).key == planned.key)
            let (reply, sent) = try await settle(bench, .bought(Self.label), planned, command(id))
            #expect(reply.labelID == nil && sent.types == [VoidReturnLabel.name])
            let void: VoidReturnLabel = try #require(sent.first).data()
            #expect(void.labelID == "se-2" && void.exactly == true)
            #expect(try await bench.record(id).label?.id == "se-1")
        }
    }

    // MARK: What becomes of both

    @Test("the undo of the first label voids the one that the customer has; one that is void is left alone")
    func undone() async throws {
        try await ReturnsBench.run { bench in
            let id = try await relabelled(bench)
            let undo = VoidReturnLabel(returnID: id, labelID: "se-1")
            #expect(try await voidKey(bench, undo) == "label.void:se-2")
            let exact = VoidReturnLabel(returnID: id, labelID: "se-1", exactly: true)
            #expect(try await voidKey(bench, exact) == "label.void:se-1")
            try await void(bench, id, "se-1")
            #expect(try await bench.record(id).label?.isVoided == false)
            try await void(bench, id, "se-2")
            #expect(try await bench.record(id).label?.isVoided == true)
            #expect(try await !bench.withdraw(id).types.contains(VoidReturnLabel.name))
        }
    }

    @Test("a return that ends before its new label could be undone gives it up itself")
    func ended() async throws {
        try await ReturnsBench.run { bench in
            let id = try await relabelled(bench)
            let sent = try await bench.withdraw(id).filter { $0.attributes.type == VoidReturnLabel.name }
            let void: VoidReturnLabel = try #require(sent.first).data()
            #expect(sent.count == 1 && void.labelID == "se-2" && void.exactly == true)
        }
    }

    @Test("a label that the carrier does not void is shown, and the new one is the return's all the same")
    func used() async throws {
        try await ReturnsBench.run { bench in
            let id = try await relabelled(bench)
            try await void(bench, id, "se-1", refusal: "This label has been used.")
            let record = try await bench.record(id)
            #expect(record.label?.id == "se-2" && record.label?.isVoided == false)
            let told = record.timeline?.first { $0.type == "return.label_not_voided" }
            #expect(told?.summary.contains("This label has been used.") == true)
        }
    }

    @Test("a parcel is known by either number")
    func numbers() async throws {
        try await ReturnsBench.run { bench in
            let id = try await relabelled(bench)
            for number in ["1ZBACK", "1ZNEW"] {
                #expect(try await bench.handle { try await ReturnStore($0).find(trackingNumber: number) } == id)
            }
            try await scan(bench, id)
            #expect(try await bench.record(id).status == .inTransit)
        }
    }

    @Test("the new label has its own time before the return expires, and both parcels are asked for then")
    func expiry() async throws {
        try await ReturnsBench.run { bench in
            let id = try await relabelled(bench)
            let handler = ExpireReturnHandler(accounts: .shipping(StubHTTP([:])))
            let first = ExpireReturn(returnID: id)
            guard case .reply(let reply) = try await bench.handle({ try await handler.plan(first, in: $0) }) else {
                Issue.record("the new label's time was to be waited for")
                return
            }
            #expect(!reply.expired && reply.newLabel?.id == "se-2" && (reply.newLabel?.ageSeconds ?? -1) >= 0)
            let second = ExpireReturn(returnID: id, labelID: "se-2")
            guard case .read(let request) = try await bench.handle({ try await handler.plan(second, in: $0) }) else {
                Issue.record("warehouse and carrier were to be asked")
                return
            }
            #expect(request.labelID == "se-2" && request.replaced.map(\.labelID) == ["se-1"])
            let expired = try await bench.handle {
                try await handler.settle(.init(), of: request, for: second, in: $0).expired
            }
            #expect(expired)
            #expect(try await bench.record(id).status == .expired)
        }
    }

    @Test("a label that was asked for while a return was about to expire keeps it from that")
    func meanwhile() async throws {
        try await ReturnsBench.run { bench in
            let id = try await labelled(bench)
            let handler = ExpireReturnHandler(accounts: .shipping(StubHTTP([:])))
            let command = ExpireReturn(returnID: id)
            guard case .read(let request) = try await bench.handle({ try await handler.plan(command, in: $0) }) else {
                Issue.record("warehouse and carrier were to be asked")
                return
            }
            let reissue = ReissueReturnLabel(returnID: id, labelID: "se-1", reason: "lost")
            _ = try await settle(bench, .bought(Self.label), plan(bench, reissue), reissue)
            let reply = try await bench.handle { try await handler.settle(.init(), of: request, for: command, in: $0) }
            #expect(!reply.expired && reply.newLabel?.id == "se-2")
            #expect(try await bench.record(id).status == .labelSent)
        }
    }

    @Test("the ticket's message of a new label is one of its own, and none once the label is void")
    func message() async throws {
        try await ReturnsBench.run { bench in
            try await bench.deliverOrder()
            let id = try await bench.ask { $0.helpdesk = .init(provider: "gorgias", ticketID: "1") }
            try await bench.label(id)
            try await bench.announce(id, as: "RMA1")
            let handler = PostReturnMessageHandler(accounts: .shipping(StubHTTP([:])))
            let command = PostReturnMessage(returnID: id, message: .label)
            func key() async throws -> String? {
                guard case .effect(let key, _) = try await bench.handle({ try await handler.plan(command, in: $0) })
                else { return nil }
                return key
            }
            #expect(try await key() == "message.post:\(id)/label")
            _ = try await settle(bench, .bought(Self.label), plan(bench, self.command(id)), self.command(id))
            #expect(try await key() == "message.post:\(id)/label/se-2")
            try await void(bench, id, "se-2")
            #expect(try await key() == nil)
        }
    }

    @Test("a label that the helpdesk hears of when the return is over is told no more")
    func toldTooLate() async throws {
        try await ReturnsBench.run { bench in
            try await bench.deliverOrder()
            let id = try await bench.ask { $0.helpdesk = .init(provider: "gorgias", ticketID: "1") }
            try await bench.label(id)
            try await bench.withdraw(id)
            #expect(try await bench.record(id).status == .cancelled)
            let handler = PostReturnMessageHandler(accounts: .shipping(StubHTTP([:])))
            let plan = try await bench.handle {
                try await handler.plan(PostReturnMessage(returnID: id, message: .label), in: $0)
            }
            guard case .reply = plan else {
                Issue.record("a label was told")
                return
            }
        }
    }

    @Test("the goods of a claim get another label as a return's do, and the claim's customer the claim's mail")
    func claim() async throws {
        try await ReturnsBench.run { bench in
            try await bench.deliverOrder()
            try await bench.setTerms()
            let claim = try await bench.claim()
            let goods = try #require(try await bench.check(claim).outline.returnID)
            try await bench.handle {
                _ = try await RecordLabelSentHandler().handle(RecordLabelSent(returnID: goods), in: $0)
            }
            try await bench.announce(goods, as: "RMA1")
            let (reply, sent) = try await settle(
                bench, .bought(Self.label), plan(bench, command(goods)), command(goods))
            #expect(reply.labelID == "se-2")
            let mail: SendEmail = try #require(sent.first { $0.attributes.type == SendEmail.name }).data()
            #expect(mail.template == .warrantyApproved && mail.version == "se-2")
            #expect(mail.values.texts["tracking_number"] == "1ZNEW" && mail.documents.count == 1)
            let ending: [Envelope] = try await bench.withdraw(claim)
            #expect(ending.types.contains(VoidReturnLabel.name))
        }
    }
}
