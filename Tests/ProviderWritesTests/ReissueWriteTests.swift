import Commerce
import Contracts
import Foundation
import Messaging
import Postgres
import Support
import Testing

@testable import Returns

@Suite("Lost answers to another label", .enabled(if: WriteBench.isThere))
struct ReissueWriteTests {
    @Test(
        "another label is bought once for each of twenty returns, and the undo of the first voids it",
        arguments: [LostAnswer.dropped, .late])
    func reissued(lost: LostAnswer) async throws {
        try await WriteBench.run { bench in
            let run = JourneyRun(bench: bench, lost: lost, orders: try await LostAnswerTests.place(in: bench))
            let (opened, first) = try await run.sendLabels()
            let second = try await run.step {
                ReissueReturnLabel(
                    returnID: opened[$0.shopID].id, labelID: first[$0.shopID].reply.labelID, reason: "lost")
            }
            try await run.step {
                VoidReturnLabel(
                    returnID: opened[$0.shopID].id, labelID: first[$0.shopID].reply.labelID, exactly: true)
            }
            for order in run.orders {
                let (id, number) = (opened[order.shopID].id, second[order.shopID].reply.trackingNumber)
                #expect(try await labels(of: id, bench) == [true, false])
                #expect(try await trackingNumber(of: id, bench) == number && number != nil)
            }
            try await run.step {
                VoidReturnLabel(returnID: opened[$0.shopID].id, labelID: first[$0.shopID].reply.labelID)
            }
            for order in run.orders { #expect(try await labels(of: opened[order.shopID].id, bench) == [true, true]) }
        }
    }

    @Test("the same label is replaced once, by whomever and however often that is asked")
    func once() async throws {
        try await WriteBench.run { bench in
            let run = JourneyRun(bench: bench, lost: .dropped, orders: [try await OrderJourney.place(bench)])
            let (opened, first) = try await run.sendLabels()
            let order = run.orders[0]
            let id = opened[order.shopID].id
            let command = ReissueReturnLabel(
                returnID: id, labelID: first[order.shopID].reply.labelID, reason: "lost")
            let second = try await order.perform(command)
            #expect(second.labelID != nil)
            #expect(try await order.perform(command) == second)
            #expect(try await labels(of: id, bench) == [false, false])
        }
    }

    @Test("no label is bought for a parcel that the carrier has, although nobody was told")
    func seen() async throws {
        try await WriteBench.run { bench in
            let run = JourneyRun(bench: bench, lost: .dropped, orders: [try await OrderJourney.place(bench)])
            let (opened, first) = try await run.sendLabels()
            let order = run.orders[0]
            let (id, label) = (opened[order.shopID].id, first[order.shopID].reply)
            try await scan(label.trackingNumber, bench)
            let reply = try await order.perform(
                ReissueReturnLabel(returnID: id, labelID: label.labelID, reason: "lost"))
            #expect(reply.labelID == nil)
            #expect(try await labels(of: id, bench) == [false])
            #expect(try await status(of: id, bench) == "in_transit")
        }
    }

    @Test("a parcel that travels on the first label after all is told, found and waited for")
    func used() async throws {
        try await WriteBench.run { bench in
            let run = JourneyRun(bench: bench, lost: .dropped, orders: [try await OrderJourney.place(bench)])
            let (opened, first) = try await run.sendLabels()
            let order = run.orders[0]
            let (id, label) = (opened[order.shopID].id, first[order.shopID].reply)
            let second = try await order.perform(
                ReissueReturnLabel(returnID: id, labelID: label.labelID, reason: "lost"))
            try await scan(label.trackingNumber, bench)
            _ = try await order.perform(VoidReturnLabel(returnID: id, labelID: label.labelID, exactly: true))
            let told = try await bench.returns.pool.query(
                "SELECT summary FROM return_timeline WHERE type = 'return.label_not_voided'",
                workspace: bench.workspaceID.uuid)
            #expect(told.count == 1)
            #expect(try told[0]("summary", as: String.self).hasPrefix("The label \(label.trackingNumber) stays: "))
            #expect(try await labels(of: id, bench) == [false, false])
            #expect(try await status(of: id, bench) == "label_sent")

            let early = try await order.perform(ExpireReturn(returnID: id))
            #expect(!early.expired && early.newLabel?.id == second.labelID)
            let late = try await order.perform(ExpireReturn(returnID: id, labelID: second.labelID))
            #expect(late == .init(expired: false))
            #expect(try await status(of: id, bench) == "in_transit")
        }
    }

    // MARK: What is there

    /// Whether each label of a return is void, in the order in which they were bought.
    private func labels(of id: ReturnID, _ bench: WriteBench) async throws -> [Bool?] {
        let all = try await bench.simulators.control("GET", "/_sim/shipstation/state").labels.array
        return ["\(id)", "\(id)-label-2"].flatMap { key in
            all.filter { $0.external_shipment_id.string == key }.map(\.voided.bool)
        }
    }

    private func trackingNumber(of id: ReturnID, _ bench: WriteBench) async throws -> String? {
        try await bench.returns.pool.query(
            "SELECT label ->> 'tracking_number' AS number FROM returns WHERE id = \(id.uuid)",
            workspace: bench.workspaceID.uuid)[0]("number")
    }

    private func status(of id: ReturnID, _ bench: WriteBench) async throws -> String {
        try await bench.returns.pool.query(
            "SELECT status FROM returns WHERE id = \(id.uuid)", workspace: bench.workspaceID.uuid)[0]("status")
    }

    private func scan(_ trackingNumber: String, _ bench: WriteBench) async throws {
        try await bench.simulators.control(
            "POST", "/_sim/shipstation/scan", #"{"tracking_number":"\#(trackingNumber)","status":"in_transit"}"#)
    }
}

extension JourneyRun {
    /// A return of each order, with its label at the customer.
    fileprivate func sendLabels() async throws -> (
        opened: PerOrder<OpenedReturn>, labels: PerOrder<Answered<BuyReturnLabel.Reply>>
    ) {
        try await shipGoods()
        let opened = try await openReturns()
        let labels = try await step(losing: false) { BuyReturnLabel(returnID: opened[$0.shopID].id) }
        for order in orders {
            _ = try await bench.returns.deliver(
                bench.envelope(RecordLabelSent.name, RecordLabelSent(returnID: opened[order.shopID].id)))
        }
        return (opened, labels)
    }
}
