import Foundation
import Testing

@testable import CLI

@Suite("The picture of a saga")
struct SagaPictureTests {
    @Test("a stuck saga says since when, where, why, what a cancel would undo, and what to type")
    func stuck() throws {
        var saga = SagaFixture(status: "stuck")
        saga.stuckReason = "no_reply"
        saga.error = .init(code: "no_reply", message: "DispatchToWarehouse was not answered in time")
        saga.attributes = ["order_number": "#1001", "shop": "mie"]
        saga.allowed = ["pause", "retry", "skip", "signal", "fire-timer", "cancel", "terminate"]
        saga.steps = [
            .init("0", "CreateSalesOrder", seq: 0, undo: "CancelSalesOrder"),
            .init("1", "TagShopOrder", seq: 1, tries: 3, undo: "UntagShopOrder"),
            .init("2", "DispatchToWarehouse", status: "issued", tries: 2, trouble: "no_reply"),
        ]
        let picture = """
            order-fulfillment  stuck  dispatched
            sag_1  for ord_1
            order_number:#1001  shop:mie
            started 2026-03-05T17:00:00Z, last change 2 h ago
            stuck since 2026-03-05T18:00:00Z (2 h ago): no_reply
            at 2 DispatchToWarehouse (order-ingest), tried 2 times
            no_reply: DispatchToWarehouse was not answered in time

                    STEP                 TOOK    TRIES  UNDO              PROBLEM
              ✔  0  CreateSalesOrder     120 ms         CancelSalesOrder
              ✔  1  TagShopOrder         120 ms  3      UntagShopOrder
              ✖  2  DispatchToWarehouse  …       2                        no_reply

              a cancel would undo:
                1. UntagShopOrder of 1
                2. CancelSalesOrder of 0

              what you can do now:
                send DispatchToWarehouse again, under the same key  stateset sagas retry sag_1 --reason '…'
                go on without 2 DispatchToWarehouse                 stateset sagas skip sag_1 --path 2 \
            --result '{…}' --reason '…'
                hold it; due times freeze                           stateset sagas pause sag_1 --reason '…'
                undo 2 steps and end it                             stateset sagas cancel sag_1 --reason '…'
                end it, undo nothing                                stateset sagas terminate sag_1 --reason '…'
            """
        #expect(SagaPicture.lines(try saga.model, .plain).joined(separator: "\n") == picture)
    }

    @Test("a step tells whether what it asked for may have been applied, and a refused one no more than the refusal")
    func applied() throws {
        var saga = SagaFixture(status: "stuck")
        saga.steps = ["unknown", "planned", "refused", "done"].enumerated().map { index, state in
            var step = SagaFixture.Step("\(index)", "CreateSalesOrder", status: "issued")
            step.effect = .init(state: state, error: .init(code: "timeout", message: "No answer"))
            return step
        }
        saga.steps[3].effect?.duplicates = ["81", "82"]
        saga.steps[3].undo = .init(name: "CancelSalesOrder", status: "issued", effect: .init(state: "unknown"))
        #expect(
            try saga.model.steps.map(\.problem) == [
                "netsuite may have been applied", "netsuite certainly not applied", nil,
                "netsuite applied more than once: 81, 82; undo: netsuite may have been applied",
            ])
    }

    @Test("only what the coordinator has not answered is on its way; an answer that cannot be read is told as such")
    func pending() throws {
        let pending = Array(#"{"id":null,"name":"order-fulfillment","key":"k1","status":"pending"}"#.utf8)
        #expect(try SagaPicture.lines(json: pending, .plain).joined().contains("has not answered yet"))
        #expect(throws: DecodingError.self) {
            try SagaPicture.lines(json: Array(#"{"id":"sag_1","status":"running"}"#.utf8), .plain)
        }
    }

    @Test("a verb that the coordinator has not answered is said to be on its way, above the saga as it is")
    func pendingVerb() throws {
        let encoder = JSONEncoder()
        encoder.keyEncodingStrategy = .convertToSnakeCase
        var saga = SagaFixture(status: "running")
        let before = try SagaPicture.lines(json: Array(encoder.encode(saga)), .plain)
        saga.pendingVerb = "pause"
        let lines = try SagaPicture.lines(json: Array(encoder.encode(saga)), .plain)
        #expect(lines.first == "'pause' is on its way and not carried out yet: the coordinator has not answered")
        #expect(lines.suffix(before.count) == before[...])
    }

    @Test("branches stand below their operation, a race with its winner, and every kind of step has its words")
    func tree() throws {
        var saga = SagaFixture(status: "waiting")
        saga.steps = [
            .init("0", "now", kind: "now", result: #""2026-03-05T17:00:00.000Z""#),
            .init("1", "race", kind: "race", result: "1"),
            .init("1/0/0", "order.released", kind: "wait", status: "cancelled", lost: true),
            .init("1/1/0", "sleep", kind: "sleep", dueAt: "2026-03-05T18:00:00.000Z"),
            .init("2", "pivot", kind: "pivot"),
            .init("3/0/0", "PickPackage", seq: 5),
            .init("3/1/0", "return", kind: "child", status: "issued"),
            .init("10", "shipment.shipped", kind: "wait", status: "issued", dueAt: "2026-03-19T17:00:00.000Z"),
            .init("11", "order.closed", kind: "publish"),
            .init("12", "approval", kind: "wait", status: "issued", owner: "human"),
            .init("13", "v2", kind: "patch"),
            .init("14", "sleep", kind: "sleep_until", status: "issued", dueAt: "2026-03-19T17:00:00.000Z"),
        ]
        #expect(
            SagaStepTree.lines(try saga.model, .plain) == [
                "          STEP                                                   TOOK    TRIES  UNDO  PROBLEM",
                "✔  0      now = 2026-03-05T17:00:00.000Z                         120 ms",
                "✔  1      race, branch 1 won                                     120 ms",
                "   1/0      branch 0, lost",
                "⊘  1/0/0      wait for order.released                            120 ms",
                "   1/1      branch 1, won",
                "✔  1/1/0      sleep until 2026-03-05T18:00:00Z                   120 ms",
                "✔  2      pivot: from here it only goes forward                  120 ms",
                "   3      side by side",
                "   3/0      branch 0",
                "✔  3/0/0      PickPackage                                        120 ms",
                "   3/1      branch 1",
                "●  3/1/0      child return                                       …",
                "●  10     wait for shipment.shipped, until 2026-03-19T17:00:00Z  …",
                "✔  11     publish order.closed                                   120 ms",
                "●  12     wait for a person: approval                            …",
                "✔  13     patch v2                                               120 ms",
                "●  14     sleep until 2026-03-19T17:00:00Z, pause or not         …",
            ])
    }

    @Test("a waiting saga says on what and since when, and which events came early")
    func waiting() throws {
        var saga = SagaFixture(status: "waiting")
        saga.waitingOn = .init(
            kind: "event", name: "shipment.shipped", since: "2026-03-05T18:00:00.000Z",
            until: "2026-03-19T18:00:00.000Z")
        saga.mailbox = (1...7).map { .init(id: $0, type: "order.note", receivedAt: "2026-03-05T18:00:0\($0).000Z") }
        saga.allowed = ["fire-timer", "signal", "skip"]
        saga.steps = [
            .init("0", "shipment.shipped", kind: "wait", status: "issued", dueAt: "2026-03-19T18:00:00.000Z")
        ]
        let lines = SagaPicture.lines(try saga.model, .plain)
        #expect(
            lines.contains(
                "waits for event shipment.shipped since 2026-03-05T18:00:00Z (2 h ago), until 2026-03-19T18:00:00Z"))
        let mail = try #require(lines.firstIndex(of: "  events that nothing has waited for yet:"))
        #expect(lines[mail + 1] == "    2026-03-05T18:00:01Z  order.note" && lines[mail + 6] == "    and 2 more")
        let advice = """
                give it shipment.shipped                stateset sagas signal sag_1 --name shipment.shipped \
            --data '{…}' --reason '…'
                go on without 0 shipment.shipped        stateset sagas skip sag_1 --path 0 --result '{…}' --reason '…'
                end the time of 0 shipment.shipped now  stateset sagas fire-timer sag_1 --path 0 --reason '…'
            """
        #expect(lines.suffix(3).joined(separator: "\n") == advice)
    }

    @Test("of an earlier run its steps are shown, and nothing that is true of the current one only")
    func earlierRun() throws {
        var saga = SagaFixture(status: "waiting")
        saga.run = 2
        saga.waitingOn = .init(kind: "event", name: "shipment.shipped")
        saga.allowed = ["cancel"]
        saga.steps = [.init("0", "CreateSalesOrder", seq: 0, undo: "CancelSalesOrder")]
        let picture = """
            order-fulfillment  waiting  dispatched
            sag_1  for ord_1, run 2
            started 2026-03-05T17:00:00Z, last change 2 h ago

              what run 1 did:
                    STEP              TOOK    TRIES  UNDO              PROBLEM
              ✔  0  CreateSalesOrder  120 ms         CancelSalesOrder
            """
        let model = try saga.model
        #expect(SagaPicture.lines(model, run: 1, .plain).joined(separator: "\n") == picture)
        #expect(SagaPicture.lines(model, run: 2, .plain) == SagaPicture.lines(model, .plain))
    }

    @Test("a refused undo is shown where it is, with what is still to be undone")
    func compensating() throws {
        var saga = SagaFixture(status: "stuck")
        saga.stuckReason = "undo_refused"
        saga.compensation = "refusal"
        saga.error = .init(code: "shipped", message: "It is on its way")
        saga.allowed = ["retry", "skip"]
        saga.steps = [
            .init("0", "CreateSalesOrder", seq: 0, undo: "CancelSalesOrder"),
            .init("1", "DispatchToWarehouse", seq: 1, undo: "CancelDispatch", undoStatus: "refused"),
            .init("2", "TagShopOrder", seq: 2, undo: "UntagShopOrder", undoStatus: "completed"),
            .init("3", "NotifyShop", status: "refused", seq: 3),
        ]
        let lines = SagaPicture.lines(try saga.model, .plain)
        #expect(lines.contains("at 1 DispatchToWarehouse (order-ingest)"))
        #expect(
            lines.contains {
                $0.contains("CancelDispatch ↩ refused") && $0.hasSuffix("undo: shipped: It is on its way")
            })
        #expect(lines.contains { $0.contains("UntagShopOrder ↩ done") })
        #expect(
            Array(lines.drop { $0 != "  still to be undone:" }.prefix(2)) == [
                "  still to be undone:", "    1. CancelSalesOrder of 0",
            ])
        #expect(
            lines.suffix(2) == [
                "    try CancelDispatch again   stateset sagas retry sag_1 --reason '…'",
                "    do without CancelDispatch  stateset sagas skip sag_1 --path 1/undo --reason '…'",
            ])
    }

    @Test("a paused saga says since when and what it was doing; a dead letter is pointed at")
    func paused() throws {
        var saga = SagaFixture(status: "paused")
        saga.pausedAt = "2026-03-05T19:00:00.000Z"
        saga.stuckReason = "dead_letter"
        saga.allowed = ["resume"]
        saga.steps = [.init("0", "CreateSalesOrder", status: "issued", trouble: "dead_letter")]
        let lines = SagaPicture.lines(try saga.model, .plain)
        #expect(
            lines.contains(
                "paused since 2026-03-05T19:00:00Z (60 min ago), was stuck: dead_letter; due times are frozen"))
        #expect(
            lines.suffix(2) == [
                "    look at the message given up on  stateset dead-letters list --all --key ord_1",
                "    let it go on                     stateset sagas resume sag_1 --reason '…'",
            ])
        saga.steps[0].deadLetterID = "dlt_1"
        #expect(
            SagaPicture.lines(try saga.model, .plain).suffix(3).prefix(2) == [
                "    look at the message given up on  stateset dead-letters show dlt_1",
                "    let it be handled again          stateset dead-letters requeue dlt_1 --reason '…'",
            ])
    }

    @Test("what a caller has named is one word of the line to type")
    func quoted() throws {
        var saga = SagaFixture(status: "paused")
        saga.stuckReason = "dead_letter"
        saga.subject = "it's; reboot"
        saga.steps = [.init("0", "CreateSalesOrder", status: "issued", trouble: "dead_letter")]
        let last = SagaPicture.lines(try saga.model, .plain).last
        #expect(last?.hasSuffix(#"stateset dead-letters list --all --key 'it'\''s; reboot'"#) == true)
    }

    @Test("the builds that have carried it on are named, the last first")
    func builds() throws {
        var saga = SagaFixture(status: "diverged")
        saga.buildID = "5e0f"
        #expect(SagaPicture.lines(try saga.model, .plain)[3] == "build 5e0f")
        saga.formerBuilds = (1...5).map { .init(buildID: "b\($0)", until: "2026-03-05T17:0\($0):00.000Z") }
        #expect(
            SagaPicture.lines(try saga.model, .plain)[3]
                == "build 5e0f, before it b5 until 2026-03-05T17:05:00Z, before it b4 until 2026-03-05T17:04:00Z, "
                + "before it b3 until 2026-03-05T17:03:00Z, before it 2 more")
    }

    @Test("a saga at its end offers nothing, and one past its pivot says so")
    func ends() throws {
        var saga = SagaFixture(status: "completed")
        saga.allowed = []
        #expect(SagaPicture.lines(try saga.model, .plain).suffix(2) == ["", "  nothing done yet"])
        saga = SagaFixture(status: "waiting")
        saga.pivoted = true
        saga.allowed = ["pause"]
        #expect(SagaPicture.lines(try saga.model, .plain).contains { $0.contains("past its pivot") })
    }

    @Test("an API that knows nothing of all this is shown as well as it can be")
    func plain() throws {
        let json = """
            {"id":"sag_1","name":"n","key":"k","run":1,"subject":null,"status":"compensated","business_status":null,
             "waiting_on":null,"input":{},"output":null,"error":null,"started_at":"2026-03-05T17:00:00.000Z",
             "updated_at":"2026-03-05T17:00:02.500Z","steps":[{"path":"0","kind":"perform","name":"A","status":"completed",
             "attempts":1,"error":null,"undo":null,"result":{},"started_at":"2026-03-05T17:00:00.000Z","finished_at":null}]}
            """
        let saga = try JSONDecoder().decode(SagaModel.self, from: Data(json.utf8))
        #expect(
            SagaPicture.lines(saga, .plain) == [
                "n  compensated", "sag_1  for k", "started 2026-03-05T17:00:00Z, last change after 2.5 s", "",
                "        STEP  TOOK  TRIES  UNDO  PROBLEM", "  ✔  0  A",
            ])
    }
}
