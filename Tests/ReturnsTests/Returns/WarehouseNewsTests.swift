import Commerce
import Contracts
import Testing

@testable import Returns

@Suite("What the warehouse tells of a return")
struct WarehouseNewsTests {
    private func units(_ count: Int) -> [ReturnUnit] {
        (1...count).map {
            ReturnUnit(lineID: "1", number: $0, sku: "ROBE", title: "", reason: nil, stays: false)
        }
    }

    private func receipt(_ quantity: Int, _ condition: String? = nil, sku: String = "ROBE", announced: Bool = true)
        -> WarehouseReceipt
    {
        WarehouseReceipt(sku: sku, quantity: quantity, condition: condition, isAnnounced: announced)
    }

    @Test("receipts become units, grades go to the units that have none, told again they are no news")
    func totals() throws {
        var goods = ReturnUnits(units(3))
        let first = WarehouseNews([receipt(1), receipt(1, "A")], beside: goods.all, [:])
        #expect(first.received == [.init(lineID: "1", quantity: 2, state: .received)])
        #expect(first.inspected == [.init(lineID: "1", quantity: 1, grade: "A", matched: true)])
        try goods.receive(2, of: "1", as: .received, field: "")
        try goods.inspect(1, of: "1", grade: .a, matched: true, field: "")
        #expect(
            WarehouseNews([receipt(1), receipt(1, "A")], beside: goods.all, [:]) == WarehouseNews([], beside: [], [:]))
        let second = WarehouseNews([receipt(1, "C"), receipt(1, "A"), receipt(1)], beside: goods.all, [:])
        #expect(second.received == [.init(lineID: "1", quantity: 1, state: .received)])
        #expect(second.inspected == [.init(lineID: "1", quantity: 1, grade: "C", matched: true)])
    }

    @Test("a unit that another return has by now is late; one that is free comes in before it, and the rest is extra")
    func late() {
        let others = HeldUnits([(lineID: "1", number: 1, isKept: false)])
        let news = WarehouseNews([receipt(3)], beside: units(2), [:], others)
        #expect(
            news.received == [
                .init(lineID: "1", quantity: 1, state: .received),
                .init(lineID: nil, sku: "ROBE", quantity: 1, state: .extra),
            ])
        #expect(news.late == [.init(lineID: "1", quantity: 1, state: .received)])
        #expect(WarehouseNews([receipt(1)], beside: units(2), ["ROBE": 1], others).late.isEmpty)
    }

    @Test("what is more than announced, or was not announced, is extra, once")
    func extras() {
        let news = WarehouseNews(
            [receipt(2), receipt(1, "B", sku: "HAT", announced: false)], beside: units(1), [:])
        #expect(
            news.received == [
                .init(lineID: nil, sku: "HAT", quantity: 1, state: .extra),
                .init(lineID: "1", quantity: 1, state: .received),
                .init(lineID: nil, sku: "ROBE", quantity: 1, state: .extra),
            ])
        #expect(news.inspected.isEmpty)
        let again = WarehouseNews(
            [receipt(1, "B", sku: "HAT", announced: false)], beside: [], ["HAT": 1])
        #expect(again.received.isEmpty)
    }
}
