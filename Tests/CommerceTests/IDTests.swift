import Commerce
import Foundation
import Testing

@Suite("ID")
struct IDTests {
    @Test("is shown as its prefix and 32 hexadecimal digits")
    func shownForm() throws {
        let uuid = try #require(UUID(uuidString: "01980C3A-0001-7ABC-8DEF-0123456789AB"))
        #expect(OrderID(uuid: uuid).description == "ord_01980c3a00017abc8def0123456789ab")
    }

    @Test("parses what it shows, in either case")
    func roundTrip() {
        let id = OrderID()
        #expect(OrderID(id.description) == id)
        #expect(OrderID("ord_" + id.uuid.hexDigits.uppercased()) == id)
    }

    @Test(
        "refuses another prefix and another form",
        arguments: [
            "", "ord", "ord_", "shp_01980c3a00017abc8def0123456789ab", "ord_01980c3a00017abc8def0123456789a",
            "ord_01980c3a00017abc8def0123456789abc", "ord_01980c3a-0001-7abc-8def-0123456789ab",
            "ord_0198zc3a00017abc8def0123456789ab", "01980c3a00017abc8def0123456789ab",
            "ord__1980c3a00017abc8def0123456789ab",
        ])
    func refuses(text: String) {
        #expect(OrderID(text) == nil)
    }

    @Test("is a string in JSON, and a wrong one is refused")
    func json() throws {
        let id = ShipmentID()
        let data = try JSONEncoder().encode([id])
        #expect(String(decoding: data, as: UTF8.self) == "[\"\(id)\"]")
        #expect(try JSONDecoder().decode([ShipmentID].self, from: data) == [id])
        #expect(throws: DecodingError.self) { try JSONDecoder().decode([OrderID].self, from: data) }
    }

    @Test("new ids sort by their time of creation")
    func sorts() {
        let ids = (0..<10_000).map { _ in SagaID() }
        #expect(ids == ids.sorted())
        #expect(Set(ids).count == ids.count)
    }
}
