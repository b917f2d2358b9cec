import Commerce
import Foundation
import Testing

@testable import CLI

@Suite("Goods that no return awaited, on a terminal")
struct BlindReceiptPictureTests {
    private func picture(_ json: String) throws -> [String] {
        BlindReceiptPicture.lines(try JSONDecoder().decode(JSONValue.self, from: Data(json.utf8)), .plain)
    }

    @Test("what came is told in one line each, and no text from outside commands the terminal")
    func shown() throws {
        let lines = try picture(
            #"""
            {"id":"blr_1","status":"open","kind":"unknown","number":"R-\u001b[2J404","order_id":"ord_1","came_with":null,
             "goods":[{"sku":"ROBE\n","quantity":2,"condition":"A"},{"sku":"HAT","quantity":1,"condition":null}]}
            """#)
        #expect(lines[0] == "blr_1  open  unknown")
        #expect(lines[1] == "  goods  2 × ROBE  (A), 1 × HAT")
        #expect(lines.contains("  number  R-·[2J404") && lines.contains("  order  ord_1"))
        #expect(!lines.contains { $0.contains("came with") })
        #expect(try picture(#"{"id":"blr_1","status":"open","kind":"unknown","goods":[]}"#)[1].contains("not told"))
    }
}
