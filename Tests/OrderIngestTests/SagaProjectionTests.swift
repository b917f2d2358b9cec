import Commerce
import Contracts
import Messaging
import Testing

@testable import OrderIngest

@Suite("What an order shows of its saga")
struct SagaProjectionTests {
    private func row(_ status: OrderStatus, run: Int = 1, version: Int = 5) throws -> OrderRow {
        var row = try ShopOrderFixture().row
        row.status = status
        row.sagaRun = run
        row.sagaVersion = version
        return row
    }

    private func news(
        _ status: String, business: OrderStatus? = nil, run: Int = 1, version: Int = 6, error: Refusal? = nil
    ) -> SagaUpdated {
        SagaUpdated(
            sagaID: SagaID(), name: "order-fulfillment", key: "ord", run: run, version: version, status: status,
            businessStatus: business?.rawValue, error: error)
    }

    @Test("the business status is taken over, also where news between were missed")
    func follows() throws {
        let projection = SagaProjection(news("waiting", business: .dispatched), for: try row(.received))
        #expect(projection?.status == .dispatched)
    }

    @Test("older news and news of other sagas are passed over")
    func older() throws {
        #expect(SagaProjection(news("waiting", business: .received, version: 5), for: try row(.dispatched)) == nil)
        var other = news("waiting", business: .dispatched)
        other.name = "return"
        #expect(SagaProjection(other, for: try row(.received)) == nil)
    }

    @Test("a compensated saga leaves the order needing attention, in the words of whoever refused")
    func compensated() throws {
        let refusal = Refusal(code: "1001", message: "Item number 'X' is not set up.")
        let projection = SagaProjection(
            news("compensated", business: .pendingFulfillment, error: refusal), for: try row(.pendingFulfillment))
        #expect(projection?.status == .needsAttention)
        #expect(projection?.reason == refusal)
    }

    @Test("a stuck saga shows as the reason, and the reason goes when it moves on")
    func stuck() throws {
        var order = try row(.fulfilled)
        let stuck = try #require(SagaProjection(news("stuck", business: .fulfilled), for: order))
        #expect(stuck.status == .fulfilled)
        #expect(stuck.reason?.code == "saga_stuck")
        order.reason = stuck.reason
        #expect(SagaProjection(news("waiting", business: .delivered), for: order)?.reason == nil)
    }

    @Test(
        "a new run clears the reason and begins again, also after a cancellation",
        arguments: [
            OrderStatus.needsAttention, .cancelled,
        ])
    func restarted(status: OrderStatus) throws {
        var order = try row(status)
        order.reason = Refusal(code: "1001", message: "no")
        let projection = SagaProjection(news("running", business: .received, run: 2, version: 1), for: order)
        #expect(projection == SagaProjection(news("running", run: 2, version: 1), for: order))
        #expect(projection?.status == .received)
        #expect(projection?.reason == nil)
    }

    @Test("a hold is not undone by the saga, unless the warehouse has the order already")
    func held() throws {
        var order = try row(.onHold)
        order.reason = Refusal(code: OrderHold.manual, message: "fraud?")
        let early = SagaProjection(news("waiting", business: .pendingFulfillment), for: order)
        #expect(early?.status == .onHold)
        #expect(early?.reason == order.reason)
        let late = SagaProjection(news("waiting", business: .dispatched), for: order)
        #expect(late?.status == .dispatched)
        #expect(late?.reason == nil)
    }

    @Test("a finished order does not go back")
    func backwards() throws {
        let projection = SagaProjection(news("waiting", business: .received), for: try row(.delivered))
        #expect(projection?.status == .delivered)
    }
}
