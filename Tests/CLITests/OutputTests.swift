import Commerce
import Testing

@testable import CLI

@Suite("Tables, times and colours")
struct OutputTests {
    @Test("columns are as wide as their widest cell; the last is not padded")
    func columns() {
        let table = Table(
            headings: ["number", "status", "why"],
            rows: [
                [.init("#1001"), .status("delivered"), .init("")],
                [.init("#100000"), .status("stuck"), .init("no_reply")],
            ])
        #expect(
            table.lines(.plain) == [
                "NUMBER   STATUS     WHY",
                "#1001    delivered  ",
                "#100000  stuck      no_reply",
            ])
    }

    @Test("colours are outside of the padding and only where they are wanted")
    func colours() {
        let table = Table(headings: ["a", "b"], rows: [[.status("stuck"), .init("x")]])
        #expect(table.lines(Style(hasColours: true))[1] == "\u{1B}[31mstuck\u{1B}[0m  x")
        #expect(table.lines(.plain)[1] == "stuck  x")
    }

    @Test("every status of what StateSet keeps has a tone")
    func tones() {
        let statuses =
            OrderStatus.allCases.map(\.rawValue) + ShipmentStatus.allCases.map(\.rawValue)
            + ReturnStatus.allCases.map(\.rawValue) + WarrantyStatus.allCases.map(\.rawValue)
            + TicketStatus.allCases.map(\.rawValue) + RefundStatus.allCases.map(\.rawValue)
        let others = [
            "queued", "sent", "unknown", "failed", "off", "pending", "succeeded", "skipped", "active", "paused",
            "disabled", "retrying", "refused", "dead_lettered", "no_reply", "verified", "unverified", "duplicate",
        ]
        for status in statuses + others { #expect(Tone(status: status) != .plain, "\(status)") }
    }

    @Test("a cell is one line, whatever a provider wrote")
    func lineBreaks() {
        #expect(Table.Cell("a\nb\r\nc").text == "a b c")
    }

    @Test("what came from outside cannot steer the terminal")
    func controlCharacters() {
        #expect(SafeText.line("a\u{1B}[31mb\u{7}\u{9B}c\td") == "a·[31mb··c·d")
        #expect(Table.Cell("\u{1B}[2J").text == "·[2J")
    }

    @Test("times are shown to the second, with their zone, as every option takes them")
    func times() throws {
        #expect(Moment.text("2026-03-05T17:00:00.123Z") == "2026-03-05T17:00:00Z")
        #expect(Moment.text(nil) == "-")
        #expect(Moment.text("soon") == "soon")
        #expect(Moment.text("a serial number of ours: 12345678Z") == "a serial number of ours: 12345678Z")
        let record = Array(#"{"id":"whk_1","received_at":"2026-03-05T17:00:00.123Z"}"#.utf8)
        #expect(
            try RecordPicture.lines(record, .plain) == ["id           whk_1", "received_at  2026-03-05T17:00:00Z"])
    }

    @Test(
        "spans have the unit that fits",
        arguments: [
            (0.0, "0 ms"), (0.1204, "120 ms"), (4.16, "4.2 s"), (59.0, "59.0 s"), (180, "3 min"), (7200, "2 h"),
            (259_200, "3 d"),
        ])
    func spans(seconds: Double, text: String) {
        #expect(Moment.span(seconds: seconds) == text)
    }
}
