import Commerce
import Testing

@testable import CLI

@Suite("Goods as they are typed at the dock")
struct DockLineTests {
    @Test("a line is the goods, how many, and what is said of them; a SKU may hold an equals sign")
    func parsed() throws {
        let line = try DockLineArgument("A=B=2,A,unmatched")
        #expect(line.goods == "A=B" && line.quantity == 2 && line.words == ["A", "unmatched"])
        let inspected: JSONValue = ["sku": "A=B", "quantity": 2, "grade": "A", "matched": false]
        #expect(line.json([], try ReturnsCommand.Inspect.details(line)) == inspected)
    }

    @Test("what names a line of the return is sent as such, all else as a SKU")
    func named() throws {
        let line = try DockLineArgument("l2=1,damaged")
        let state = try ReturnsCommand.Receive.details(line)
        #expect(line.json(["l2"], state) == ["line_id": "l2", "quantity": 1, "state": "damaged"])
        #expect(line.json(["l3"], state) == ["sku": "l2", "quantity": 1, "state": "damaged"])
    }

    @Test("what is no line is refused", arguments: ["MUG", "=1", "MUG=", "MUG=two", "MUG=1.5"])
    func malformed(text: String) {
        #expect(throws: (any Error).self) { try DockLineArgument(text) }
    }
}
