import Testing

@testable import CLI

@Suite("Lists of the API")
struct ListViewTests {
    private let view = ListView(columns: [.text("number"), .status(), .time("changed", "at")], none: "no orders")

    @Test("items become rows, nulls dashes, and a further page is announced")
    func rows() throws {
        let page = """
            {"data":[{"number":"#1","status":"received","at":"2026-03-05T17:00:00.000Z"},
             {"number":null,"status":"stuck","at":null}],"next_cursor":"abc"}
            """
        #expect(
            try view.lines(Array(page.utf8), .plain) == [
                "NUMBER  STATUS    CHANGED",
                "#1      received  2026-03-05T17:00:00Z",
                "-       stuck     -",
                "more: --cursor abc",
            ])
    }

    @Test("an empty list is said in words")
    func none() throws {
        #expect(try view.lines(Array(#"{"data":[],"next_cursor":null}"#.utf8), .plain) == ["no orders"])
    }
}
