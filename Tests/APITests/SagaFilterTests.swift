import Commerce
import Foundation
import Testing

@testable import API

@Suite("Finding sagas", .tags(.postgres), .enabled(if: TestDatabase.isThere))
struct SagaFilterTests {
    @Test(
        "sagas are found by subject, name, status, attributes, times and what they wait for",
        arguments: [
            ("subject=ord_7", 1), ("subject=ord_8", 0), ("status=waiting", 1), ("status=stuck", 1),
            ("name=order-fulfillment", 2), ("waiting_on=shipment.shipped", 1), ("waiting_on=event", 1),
            ("waiting_on=human", 0), ("q=ord_7", 1), ("q=%25", 0), ("stuck_reason=no_reply", 1),
            ("stuck_reason=dead_letter", 0), ("attribute=shop:mie", 2), ("attribute=shop:mie&attribute=number:%231", 1),
            ("attribute=shop:mie&attribute=number:%232", 0), ("attribute=url:http://a", 1), ("attribute=shop:other", 0),
            ("started_since=2026-02-02T02:40:00Z", 2), ("started_since=2026-02-02T02:40:01Z", 0),
            ("updated_before=2026-02-02T02:40:01Z", 1), ("updated_before=2026-02-02T02:40:00Z", 0),
            ("started_before=2026-02-02T02:40:01Z", 2), ("started_before=2026-02-02T02:40:00Z", 0),
            ("updated_since=2026-02-02T02:40:01Z", 1), ("updated_since=2026-02-02T02:40:00Z", 2),
            ("status=stuck&status=waiting", 2), ("status=stuck&status=diverged", 1), ("status=paused&status=failed", 0),
            ("business_status=dispatched", 2), ("business_status=tagged", 0), ("error_code=busy", 1),
            ("error_code=calm", 0), ("error_code=%25", 0), ("status=stuck&error_code=busy", 1),
            ("status=stuck&attribute=shop:mie&name=order-fulfillment", 1), ("status=waiting&stuck_reason=no_reply", 0),
        ])
    func filters(query: String, count: Int) async throws {
        try await APIBench.run { bench in
            try await bench.insertSaga(.init(subject: "ord_7", attributes: ##"{"shop":"mie","number":"#1"}"##))
            try await bench.insertSaga(
                .init(
                    status: "stuck", stuckReason: "no_reply", attributes: #"{"shop":"mie","url":"http://a"}"#,
                    error: #"{"code":"busy","message":"\u0000 they say \"code\":\"calm\""}"#,
                    updatedAt: Date(timeIntervalSince1970: 1_770_000_060)))
            try await bench.insertSaga(
                .init(subject: "ord_7", attributes: #"{"shop":"mie"}"#), in: bench.otherWorkspaceID)
            #expect(try await bench.get("/sagas?\(query)").data.count == count)
            let counted = try await bench.get("/sagas/counts?\(query)").data.compactMap { $0["count"]?.number }
            #expect(counted.reduce(0, +) == count)
        }
    }

    @Test("each of several statuses must be one", arguments: ["status=stuck&status=sad", "status=sad"])
    func wrongStatus(query: String) async throws {
        try await APIBench.run { bench in
            let answer = try await bench.get("/sagas?\(query)")
            #expect(answer.status == 422 && answer.json["field"] == "status")
        }
    }

    @Test("an attribute that is no pair is refused", arguments: ["attribute=shop", "attribute=:mie"])
    func wrongAttribute(query: String) async throws {
        try await APIBench.run { bench in
            let answer = try await bench.get("/sagas?\(query)")
            #expect(answer.status == 422 && answer.json["field"] == "attribute")
        }
    }

    @Test("sagas are counted by what a person asks for, the most first")
    func counts() async throws {
        try await APIBench.run { bench in
            for reason in ["no_reply", "no_reply", "dead_letter"] {
                try await bench.insertSaga(.init(status: "stuck", stuckReason: reason))
            }
            try await bench.insertSaga(.init(name: "return"))
            func counts(_ query: String) async throws -> [JSON] { try await bench.get("/sagas/counts?\(query)").data }
            let byStatus = try await counts("")
            #expect(byStatus.map { $0["group"] } == ["stuck", "waiting"])
            #expect(byStatus.map { $0["count"] } == [.raw("3"), .raw("1")])
            #expect(try await counts("group_by=name").map { $0["group"] } == ["order-fulfillment", "return"])
            #expect(try await counts("group_by=waiting_on").map { $0["group"] } == ["shipment.shipped"])
            #expect(try await counts("group_by=stuck_reason").map { $0["count"] } == [.raw("2"), .raw("1")])
            #expect(try await counts("group_by=name&status=stuck").count == 1)
            #expect(try await bench.get("/sagas/counts?group_by=key").json["field"] == "group_by")
        }
    }

    @Test("events that came early are seen, with and without their saga, until they are taken")
    func mail() async throws {
        try await APIBench.run { bench in
            let saga = try await bench.insertSaga(.init(key: "k1"))
            let first = try await bench.insertMail("shipment.shipped", key: "k1")
            try await bench.insertMail("order.released", key: "k1", consumedRun: 1)
            try await bench.insertMail("shipment.shipped", key: "nobody-yet")
            let mailbox = try await bench.get("/sagas/\(saga.id)").json["mailbox"]?.elements ?? []
            #expect(mailbox.map { $0["id"]?.number } == [first] && mailbox[0]["type"] == "shipment.shipped")
            let early = try await bench.get("/mail?key=nobody-yet&saga=order-fulfillment").data
            #expect(early.count == 1 && early[0]["saga_id"] == .null && early[0]["data"] == ["order_id": "x"])
            let page = try await bench.get("/mail?limit=1").json
            let cursor = try #require(page["next_cursor"]?.string)
            let rest = try await bench.get("/mail?limit=1&cursor=\(cursor)").json
            #expect(
                rest["next_cursor"] == .null
                    && rest["data"]?.elements.map { $0["saga_id"] } == [.string(saga.id.description)])
            #expect(try await bench.get("/mail?cursor=x").json["field"] == "cursor")
        }
    }
}
