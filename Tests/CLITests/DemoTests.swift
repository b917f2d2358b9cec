import Foundation
import Testing

@testable import CLI

@Suite("The demonstration")
struct DemoTests {
    private func order(
        _ status: String, shipments: [String] = [], shipped: Int = 1, reason: String? = nil, dcl: Bool = false
    ) throws -> OrderModel {
        let packages = shipments.map { ids in
            #"{"id":"shp","tracking_number":"1Z","carrier":"UPS","status":"delivered","lines":[],"external_ids":\#(ids)}"#
        }
        let json = """
            {"id":"ord_1","number":"#1","status":"\(status)",
             "status_reason":\(reason.map { #"{"code":"c","message":"\#($0)"}"# } ?? "null"),
             "external_ids":{"netsuite":"1"\(dcl ? #","dcl":"SO1""# : "")},"currency":"USD","total":"1.00",
             "customer":{"email":null,"name":null},
             "lines":[{"id":"1","sku":"A","quantity":1,"shipped":\(shipped),"unit_price":"1.00"}],
             "shipments":[\(packages.joined(separator: ","))],"saga_id":"sag_1","timeline":[]}
            """
        return try JSONDecoder().decode(OrderModel.self, from: Data(json.utf8))
    }

    private func saga(_ status: String) throws -> SagaModel {
        let json = """
            {"id":"sag_1","name":"n","key":"k","run":1,"status":"\(status)","started_at":"","updated_at":"","steps":[]}
            """
        return try JSONDecoder().decode(SagaModel.self, from: Data(json.utf8))
    }

    private var simple: DemoProgress { DemoProgress(DemoPlan.orders[0]) }
    private var refused: DemoProgress { DemoProgress(DemoPlan.orders[3]) }
    private let recorded = #"{"netsuite":"9","shopify":"8"}"#

    @Test("stages light up as the order travels and never go out")
    func stages() throws {
        var progress = simple
        for (status, stage) in [
            ("received", DemoProgress.Stage.erp), ("dispatched", .warehouse), ("received", .warehouse),
            ("fulfilled", .shipped),
        ] {
            progress.see(try order(status), saga: nil, after: .seconds(1))
            #expect(progress.stage == stage && progress.state == .underWay)
        }
    }

    @Test("an order is done when it is delivered and every package is written down everywhere")
    func done() throws {
        var progress = simple
        progress.see(try order("delivered", shipments: [#"{"netsuite":"9"}"#]), saga: nil, after: .seconds(1))
        #expect(progress.state == .underWay)
        progress.see(try order("delivered", shipments: [recorded]), saga: nil, after: .seconds(2))
        #expect(progress.state == .done && progress.elapsed == .seconds(2))
    }

    @Test("an end that is not the planned one is told in words")
    func wrong() throws {
        var packages = simple
        packages.see(try order("delivered", shipments: [recorded, recorded]), saga: nil, after: .zero)
        #expect(packages.state == .wrong("delivered in 2 packages instead of 1"))
        var held = simple
        held.see(try order("on_hold", reason: "no such item"), saga: nil, after: .zero)
        #expect(held.state == .wrong("on_hold: c: no such item"))
        var completed = refused
        completed.see(try order("delivered"), saga: try saga("completed"), after: .zero)
        #expect(completed.state == .wrong("its saga is completed instead of compensated"))
    }

    @Test("the refused order is done when it is undone and says why")
    func undone() throws {
        var progress = refused
        progress.see(try order("needs_attention", reason: "Item refused"), saga: try saga("compensating"), after: .zero)
        #expect(progress.state == .underWay)
        progress.see(
            try order("needs_attention", reason: "Item refused"), saga: try saga("compensated"), after: .seconds(1))
        #expect(progress.state == .done && progress.refusal == "Item refused")
    }

    @Test("the board has one line an order, with the way it has come")
    func board() throws {
        var progress = simple
        progress.number = "#1001"
        progress.see(try order("dispatched"), saga: nil, after: .milliseconds(420))
        #expect(
            DemoBoard.lines([progress], spinner: 0, .plain) == [
                "  ⠋ #1001 one robe  received → ERP → warehouse → shipped → delivered  420 ms"
            ])
        progress.see(try order("delivered", shipments: [recorded]), saga: nil, after: .milliseconds(900))
        #expect(DemoBoard.plainLine(progress) == "#1001 one robe: delivered (done) after 900 ms")
    }

    @Test("only one order of the plan has the SKU that is refused")
    func plan() {
        #expect(DemoPlan.orders.count { $0.items.contains { $0.sku == DemoPlan.refusedSKU } } == 1)
        #expect(DemoPlan.orders.map(\.packageCount) == [1, 1, 2, 0])
    }
}
