import Foundation
import Logging
import Testing

@testable import ProviderSimulators

@Suite("Limits and ids")
struct LimitTests {
    @Test("NetSuite serves five requests at once and refuses the sixth until one is done")
    func concurrency() async {
        let background = BackgroundWork()
        let time = SimulatorTime()
        let sender = WebhookSender(
            transport: RecordingTransport(), faults: FaultPlan(), background: background, time: time,
            logger: .init(label: "test"))
        let host = ProviderHost(
            NetSuiteSimulator(.test, idOffset: .pinned(0)), webhooks: sender, background: background, time: time)
        let seats = (0..<5).compactMap { _ in host.enter() }
        #expect(seats.count == 5)
        #expect(host.enter() == nil)
        let busy = await host.busyResponse
        #expect(busy.status == 429)
        #expect(busy.document["o:errorDetails"][0]["o:errorCode"] == "CONCURRENCY_LIMIT_EXCEEDED")
        seats[0].leave()
        #expect(host.enter() != nil)
    }

    @Test("each start that is counted in a file begins with higher ids")
    func runFile() throws {
        let file = FileManager.default.temporaryDirectory.appending(path: "run-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: file) }
        #expect(try IDOffset.countingStarts(file: file).value == 0)
        let second = try IDOffset.countingStarts(file: file)
        #expect(second.value == 100_000)
        var shop = SimulatorBundle(ShopifySimulator(.test, idOffset: second))
        let order = shop.control("POST", "/orders", ["line_items": [["sku": "X", "price": "1"]]]).document
        #expect(order["name"] == "#101001")
        #expect(shop.control("POST", "/orders", ["line_items": [["sku": "X"]]]).document["name"] == "#101002")
    }

    @Test("ids go on after a reset")
    func resetKeepsCounting() {
        var shop = SimulatorBundle<ShopifySimulator>.makeBundle()
        let before = shop.placeUsualOrder()["id"].int ?? 0
        shop.state.reset()
        #expect(shop.placeUsualOrder()["id"].int == before + 1)
    }

    @Test("a list of records is searched by body fields")
    func listQuery() {
        var erp = NetSuiteBundle()
        let id = erp.createOrder()
        let query = "custbody_sent_to_3pl%20IS%20false"
        let list = erp.send("GET", "record/v1/salesOrder?q=\(query)").document
        #expect(list["items"][0]["id"] == .string(String(id)))
        _ = erp.send("PATCH", "record/v1/salesOrder/\(id)", ["custbody_sent_to_3pl": true])
        #expect(erp.send("GET", "record/v1/salesOrder?q=\(query)").document["count"] == 0)
    }
}
