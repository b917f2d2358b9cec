import Foundation
import Testing

@testable import CLI

@Suite("The picture of a saga")
struct SagaPictureTests {
    private func saga(_ status: String, waitingOn: String = "null", error: String = "null", steps: String) throws
        -> SagaModel
    {
        let json = """
            {"id":"sag_1","name":"order-fulfillment","key":"ord_1","run":1,"subject":"ord_1","status":"\(status)",
             "business_status":"dispatched","waiting_on":\(waitingOn),"input":{},"output":null,"error":\(error),
             "started_at":"2026-03-05T17:00:00.000Z","updated_at":"2026-03-05T17:00:02.500Z","steps":[\(steps)]}
            """
        return try JSONDecoder().decode(SagaModel.self, from: Data(json.utf8))
    }

    private func step(
        _ name: String, _ status: String = "completed", tries: Int = 1, undo: String = "null", error: String = "null"
    ) -> String {
        let finished = status == "issued" ? "null" : #""2026-03-05T17:00:00.120Z""#
        return """
            {"path":"0","kind":"perform","name":"\(name)","status":"\(status)","attempts":\(tries),"error":\(error),
             "undo":\(undo),"result":{},"started_at":"2026-03-05T17:00:00.000Z","finished_at":\(finished)}
            """
    }

    @Test("a waiting saga says on what and since when, and what a cancel would undo, last step first")
    func waiting() throws {
        let saga = try saga(
            "waiting",
            waitingOn: #"{"kind":"event","name":"shipment.shipped","since":"2026-03-05T17:00:02.000Z","until":null}"#,
            steps: [
                step("CreateSalesOrder", undo: #"{"name":"CancelSalesOrder","status":"recorded"}"#),
                step("TagShopOrder", tries: 3, undo: #"{"name":"UntagShopOrder","status":"recorded"}"#),
                step("shipment.shipped", "issued"),
            ].joined(separator: ","))
        #expect(
            SagaPicture.lines(saga, .plain) == [
                "order-fulfillment  waiting  dispatched",
                "sag_1  for ord_1",
                "started 2026-03-05 17:00:00, last change after 2.5 s",
                "waits for event shipment.shipped since 2026-03-05 17:00:02",
                "",
                "     STEP              TOOK    TRIES  UNDO              ERROR",
                "  ✔  CreateSalesOrder  120 ms         CancelSalesOrder",
                "  ✔  TagShopOrder      120 ms  3      UntagShopOrder",
                "  ●  shipment.shipped  …",
                "",
                "  a cancel would undo: UntagShopOrder → CancelSalesOrder",
            ])
    }

    @Test("a compensated saga shows the refusal and what was undone")
    func compensated() throws {
        let refusal = #"{"code":"dcl_1001","message":"Item MIE-SLIP-L is refused"}"#
        let saga = try saga(
            "compensated", error: refusal,
            steps: [
                step("CreateSalesOrder", undo: #"{"name":"CancelSalesOrder","status":"completed"}"#),
                step("DispatchToWarehouse", "refused", error: refusal),
            ].joined(separator: ","))
        let lines = SagaPicture.lines(saga, .plain)
        #expect(lines.contains("dcl_1001: Item MIE-SLIP-L is refused"))
        #expect(
            lines.contains {
                $0.contains("✖  DispatchToWarehouse") && $0.hasSuffix("dcl_1001: Item MIE-SLIP-L is refused")
            })
        #expect(lines.contains { $0.contains("CancelSalesOrder ↩ done") })
        #expect(!lines.contains { $0.contains("a cancel would undo") })
    }
}
