import Commerce
import Messaging
import Postgres
import Testing

@testable import API

@Suite("Mails that are sent again", .tags(.postgres), .enabled(if: TestDatabase.isThere))
struct EmailTests {
    private static let held = #"{"code":"unauthorized","message":"The mail server refuses the login."}"#

    @Test(
        "while the sending has not ended, a mail that is under way is taken; one that is not may have no owner",
        arguments: [("queued", nil, 202), ("queued", held, 503), ("failed", held, 503), ("unknown", nil, 503)]
            as [(String, String?, Int)])
    func unanswered(status: String, error: String?, answer expected: Int) async throws {
        try await APIBench.run { bench in
            let id = try await bench.insertEmail(status, error: error)
            let answer = try await bench.post("/emails/\(id)/resend", #"{"reason":"asked for"}"#)
            #expect(answer.status == expected, "\(answer.json)")
            if expected == 202 { #expect(answer.json["status"] == "queued") }
            #expect(try await bench.sent().count == 1)
        }
    }

    @Test("what nobody has answered is not kept, also of a mail under way: the repeat is told what became of it")
    func underWay() async throws {
        try await APIBench.run { bench in
            let id = try await bench.insertEmail("queued", error: nil)
            let (path, body) = ("/emails/\(id)/resend", #"{"reason":"asked for"}"#)
            #expect(try await bench.post(path, body, idempotencyKey: "k1").status == 202)
            let refusal = Refusal(code: "not_allowed", message: "It is being sent.")
            try await bench.answerNext(.refused(refusal), as: .notifications)
            let second = try await bench.post(path, body, idempotencyKey: "k1")
            #expect(second.status == 409 && second.code == "not_allowed", "\(second.json)")
        }
    }
}

extension APIBench {
    fileprivate func insertEmail(_ status: String, error: String?) async throws -> EmailID {
        let id = EmailID()
        try await owner.execute(
            """
            INSERT INTO notifications.emails (id, workspace_id, message_key, template, locale, subject, status, error,
                created_at, updated_at)
            VALUES (\(id.uuid), \(workspaceID.uuid), \(id.description), 'return.label_sent', 'en', 'ret_1', \(status),
                \(error)::jsonb, now(), now())
            """)
        return id
    }
}
