import Foundation
import Logging
import Messaging
import Synchronization
import Testing

@testable import ServiceKit

@Suite("Log lines")
struct LogTests {
    @Test("a line is one JSON object: constant message, facts sorted")
    func shape() {
        let handler = makeHandler()
        let event = makeEvent("order received", ["order_id": "ord_1", "attempt": "2"])
        let line = handler.line(event, at: Date(timeIntervalSince1970: 1_772_730_000))
        #expect(
            line
                == #"{"time":"2026-03-05T17:00:00.000Z","level":"info","service":"tracking","logger":"test","#
                + #""message":"order received","attempt":"2","order_id":"ord_1"}"#)
    }

    @Test("whatever a value holds, the line stays one line of valid JSON")
    func escaping() throws {
        let nasty = "quote \" backslash \\ newline \n tab \t null \u{0} bell \u{7} separator \u{2028} emoji 🧵"
        let line = makeHandler().line(makeEvent("m", ["text": .string(nasty), "nasty\"key": "v"]), at: .now)
        #expect(!line.contains { $0.isNewline })
        let object = try JSONDecoder().decode([String: String].self, from: Data(line.utf8))
        #expect(object["text"] == nasty)
        #expect(object["nasty\"key"] == "v")
    }

    @Test("facts cannot pose as the line's own fields")
    func reserved() throws {
        let line = makeHandler().line(makeEvent("m", ["level": "critical", "service": "other"]), at: .now)
        let object = try JSONDecoder().decode([String: String].self, from: Data(line.utf8))
        #expect(object["level"] == "info")
        #expect(object["service"] == "tracking")
        #expect(object["fact_level"] == "critical")
    }

    @Test(
        "values under sensitive keys are replaced, nested ones too",
        arguments: [
            "authorization", "Authorization", "password", "db_password", "accessToken", "access_token", "api-key",
            "apiKey", "client_secret", "set-cookie", "customer_email", "phone", "X-Shopify-Hmac-Signature", "last_name",
        ])
    func sensitive(key: String) {
        let metadata: Logger.Metadata = ["request": ["headers": .array([[key: "hunter2"]])], "\(key)": "hunter2"]
        let line = makeHandler().line(makeEvent("m", metadata), at: .now)
        #expect(!line.contains("hunter2"))
        #expect(line.contains("\"redacted\""))
    }

    @Test("harmless keys are left alone", arguments: ["order_id", "keyboard", "name", "tokenizer", "monkey", "queue"])
    func harmless(key: String) {
        #expect(!LogRedaction.isSensitive(key: key))
    }

    @Test(
        "credentials and addresses inside texts are replaced",
        arguments: [
            ("cannot reach amqp://ana:s3cret@mq:5672/x", "cannot reach amqp://redacted@mq:5672/x"),
            ("sent Authorization: Bearer abc.def-1", "sent Authorization: Bearer redacted"),
            ("no customer ana.ruiz+1@example.co.uk here", "no customer redacted here"),
            ("nothing to hide", "nothing to hide"), ("a @ b", "a @ b"),
        ])
    func scrubbing(text: String, expected: String) {
        #expect(LogRedaction.scrub(text) == expected)
    }

    @Test("lines written within a context carry it, also in tasks it begins")
    func context() async throws {
        let context = LogContext(messageID: "m1", correlationID: "c1", workspaceID: "ws_1")
        let line = await context.run {
            await Task { makeHandler().line(makeEvent("m", [:]), at: .now) }.value
        }
        for fact in [#""message_id":"m1""#, #""correlation_id":"c1""#, #""workspace_id":"ws_1""#] {
            #expect(line.contains(fact))
        }
        #expect(!line.contains("saga_id"))
        #expect(!makeHandler().line(makeEvent("m", [:]), at: .now).contains("message_id"))
    }

    @Test("the logger's own metadata gives way to the entry's")
    func precedence() {
        var handler = makeHandler()
        handler[metadataKey: "queue"] = "a"
        handler[metadataKey: "host"] = "h"
        let line = handler.line(makeEvent("m", ["queue": "b"]), at: .now)
        #expect(line.contains(#""host":"h","queue":"b""#))
    }

    @Test("lines of many threads arrive whole")
    func whole() async throws {
        let pipe = Pipe()
        let output = StandardOutput(descriptor: pipe.fileHandleForWriting.fileDescriptor)
        let lines = (0..<400).map { "line \($0) " + String(repeating: "x", count: 100) }
        // On a thread of its own: reading blocks, until the last process that was started meanwhile has let go.
        async let read = withCheckedContinuation { done in
            Thread.detachNewThread { done.resume(returning: pipe.fileHandleForReading.readDataToEndOfFile()) }
        }
        await withTaskGroup(of: Void.self) { group in
            for line in lines { group.addTask { output.write(line: line) } }
        }
        try pipe.fileHandleForWriting.close()
        let received = String(decoding: await read, as: UTF8.self).split(separator: "\n").map(String.init)
        #expect(received.sorted() == lines.sorted())
    }

    private func makeHandler() -> JSONLogHandler {
        JSONLogHandler(
            service: "tracking", label: "test", logLevel: .info, metadataProvider: LogContext.metadataProvider,
            sink: { _ in })
    }

    private func makeEvent(_ message: Logger.Message, _ metadata: Logger.Metadata) -> LogEvent {
        LogEvent(level: .info, message: message, metadata: metadata, source: nil, file: "f", function: "g", line: 1)
    }
}
