import Commerce
import Contracts
import Foundation
import HTTPTypes
import Messaging
import Postgres
import ServiceKit
import Testing

@testable import API

@Suite("Schedules", .tags(.postgres), .enabled(if: TestDatabase.isThere))
struct ScheduleTests {
    @Test("schedules are listed with their times and what became of the last firing")
    func listed() async throws {
        try await APIBench.run { bench in
            try await bench.insertSchedule("poll", every: 15_000)
            try await bench.insertSchedule("report", cron: "0 9 * * mon-fri", zone: "Europe/Berlin")
            let schedules = try await bench.get("/schedules").data
            #expect(schedules.map { $0["name"] } == ["poll", "report"])
            #expect(schedules[0]["interval"] == "PT15S" && schedules[0]["cron"] == .null)
            #expect(schedules[0]["paused"] == false && schedules[0]["overlap"] == "skip")
            #expect(schedules[1]["interval"] == .null && schedules[1]["cron"] == "0 9 * * mon-fri")
            #expect(schedules[1]["time_zone"] == "Europe/Berlin" && schedules[1]["last_outcome"] == .null)
            #expect(schedules[1]["catch_up"] == "one" && schedules[1]["catch_up_within"] == "P365D")
        }
    }

    @Test("each verb is sent to the coordinator with its reason", arguments: OperateSchedule.Verb.allCases)
    func sent(verb: OperateSchedule.Verb) async throws {
        try await APIBench.run(patience: .seconds(60)) { bench in
            let id = try await bench.insertSchedule("poll", every: 15_000)
            let path = "/schedules/\(id)/\(verb.rawValue)"
            async let answered: Void = bench.answerNext(.accepted(.emptyObject), as: .sagaCoordinator)
            let answer = try await bench.post(path, #"{"reason":"stock-taking"}"#, idempotencyKey: "k")
            try await answered
            #expect(answer.status == 202 && answer.json["id"] == .string(id.description))
            let sent = try await bench.sent()
            #expect(sent.count == 1 && sent[0].routingKey.hasPrefix("saga-coordinator"))
            #expect(sent[0].envelope.attributes.actor == "person:ana")
            let command = try sent[0].envelope.data(OperateSchedule.self)
            #expect(command.verb == verb && command.scheduleID == id && command.reason == "stock-taking")
            _ = try await bench.post(path, #"{"reason":"stock-taking"}"#, idempotencyKey: "k")
            #expect(try await bench.sent().count == 1, "a repeat under one key sends nothing more")
            let silent = try await bench.post(path, #"{"reason":" "}"#)
            #expect(silent.status == 422 && silent.json["field"] == "reason")
        }
    }

    @Test(
        "a refusal says what stands in the way, and what is possible or which member is wrong",
        arguments: [
            (Refusal(code: "not_allowed", message: "No."), 409, ["pause", "run"]),
            (Refusal(code: "in_flight", message: "No."), 409, ["pause"]),
            (Refusal(code: "not_found", message: "No."), 404, nil),
            (Refusal(code: "invalid", message: "No.", field: "cron"), 422, nil),
        ] as [(Refusal, Int, JSON?)])
    func refused(refusal: Refusal, status: Int, allowed: JSON?) async throws {
        try await APIBench.run(patience: .seconds(60)) { bench in
            let id = try await bench.insertSchedule("poll", every: 15_000)
            async let answered: Void = bench.answerNext(.refused(refusal), as: .sagaCoordinator)
            let answer = try await bench.send(.put, "/schedules/\(id)", #"{"reason":"r","cron":"x"}"#)
            try await answered
            #expect(answer.status == status && answer.code == refusal.code)
            #expect(answer.json["field"]?.string == refusal.field && answer.json["allowed"] == allowed)
        }
    }

    @Test("a change carries what is given, and nothing is no change")
    func change() async throws {
        try await APIBench.run { bench in
            let id = try await bench.insertSchedule("poll", every: 15_000)
            let body = #"{"reason":"r","cron":"0 9 * * *","time_zone":"UTC","jitter":"PT1M"}"#
            #expect(try await bench.send(.put, "/schedules/\(id)", body).status == 503)
            let command = try #require(try await bench.sent().first).envelope.data(ChangeSchedule.self)
            #expect(command.change == .init(cron: "0 9 * * *", timeZone: "UTC", jitter: "PT1M"))
            let nothing = try await bench.send(.put, "/schedules/\(id)", #"{"reason":"r"}"#)
            #expect(nothing.status == 422 && nothing.code == "invalid")
        }
    }

    @Test("a paused schedule has no next time; one that is not there, or elsewhere, is not found")
    func states() async throws {
        try await APIBench.run { bench in
            let id = try await bench.insertSchedule("poll", every: 15_000)
            try await bench.owner.execute(
                "UPDATE saga_coordinator.schedules SET paused = true WHERE id = \(id.uuid)")
            #expect(try await bench.get("/schedules").data[0]["next_run_at"] == .null)
            #expect(try await bench.post("/schedules/\(ScheduleID())/run", #"{"reason":"r"}"#).status == 404)
            let foreign = try await bench.send(
                .post, "/schedules/\(id)/run", #"{"reason":"r"}"#, key: bench.otherKey, in: bench.otherWorkspaceID)
            #expect(foreign.status == 404)
        }
    }

    @Test("who only reads does not operate schedules")
    func scope() async throws {
        try await APIBench.run { bench in
            let id = try await bench.insertSchedule("poll", every: 15_000)
            let (reader, operating) = (KeySecret(), KeySecret())
            try await bench.grant(reader, role: "read_only")
            try await bench.grant(operating, role: "operator")
            let path = "/schedules/\(id)/pause"
            #expect(try await bench.get("/schedules", key: reader).status == 200)
            #expect(try await bench.post(path, #"{"reason":"r"}"#, key: reader).status == 403)
            #expect(try await bench.post(path, #"{"reason":"r"}"#, key: operating).status == 503)
        }
    }
}

extension APIBench {
    @discardableResult
    fileprivate func insertSchedule(
        _ name: String, every interval: Int? = nil, cron: String? = nil, zone: String? = nil
    ) async throws -> ScheduleID {
        let id = ScheduleID()
        try await owner.execute(
            """
            INSERT INTO saga_coordinator.schedules
                (id, workspace_id, name, command, owner, data, interval_ms, cron, time_zone, next_run_at)
            VALUES (\(id.uuid), \(workspaceID.uuid), \(name), 'PollWarehouse', 'tracking', '{}', \(interval),
                    \(cron), \(zone), now())
            """)
        return id
    }
}
