import Foundation
import Testing

@testable import CLI

@Suite("Endpoints as text")
struct WebhookPictureTests {
    private func lines(_ status: String, failingSince: String) throws -> [String] {
        let json = """
            {"id":"whe_1","url":"https://a.example/hook","description":null,"events":["ticket.updated"],"ordered":true,
             "status":"\(status)","status_reason":"Every call has failed for 5 days.","failing_since":\(failingSince),
             "failures":40,"warned_percent":100,"created_at":"2026-03-01T00:00:00.000Z",
             "updated_at":"2026-03-10T17:00:00.000Z"}
            """
        return WebhookPicture.lines(try JSONDecoder().decode(WebhookModel.self, from: Data(json.utf8)), .plain)
    }

    @Test("one that was switched off is sent what has failed and what was skipped, and resumed only then")
    func disabled() throws {
        let lines = try self.lines("disabled", failingSince: #""2026-03-05T17:00:00.000Z""#)
        #expect(lines[0] == "https://a.example/hook  disabled" && lines[1] == "whe_1  in order  ticket.updated")
        #expect(lines[2] == "Every call has failed for 5 days." && lines[3].hasSuffix(": 40"))
        let resend = "stateset webhooks resend whe_1 --since 2026-03-03T17:00:00.000Z --status"
        #expect(
            lines.suffix(4).map { $0.trimmingCharacters(in: .whitespaces) } == [
                "\(resend) failed", "\(resend) skipped", "stateset webhooks resume whe_1", "\(resend) skipped",
            ])
    }

    @Test("one that is paused has all its events waiting: it is resumed, and no more")
    func paused() throws {
        let lines = try self.lines("paused", failingSince: "null")
        #expect(lines.last?.hasSuffix("stateset webhooks resume whe_1") == true)
        #expect(!lines.contains { $0.contains("resend") })
    }
}
