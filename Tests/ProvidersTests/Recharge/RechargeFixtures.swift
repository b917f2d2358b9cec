@testable import Providers

func rechargeSettings() throws -> RechargeSettings {
    try RechargeSettings.decode(
        bytes(
            """
            {"base_url":"http://127.0.0.1:9/recharge","access_token":"token",
             "client_secrets":["new","rc_client_secret_4b1f0c7a92"]}
            """))
}

func recharge(_ http: ScriptedHTTPClient) throws -> RechargeClient {
    RechargeClient(settings: try rechargeSettings(), http: http, gate: OpenGate())
}

func rechargeSubscription(
    _ status: String = "active", next: String? = "2026-04-01", comments: String? = nil
) -> ScriptedHTTPClient.Step {
    func text(_ value: String?) -> String { value.map { "\"\($0)\"" } ?? "null" }
    return .answer(
        200,
        """
        {"subscription":{"id":482011,"address_id":733801,"customer_id":91501,"status":"\(status)","sku":"MIE-SERUM-30",
         "quantity":1,"price":"24.90","presentment_currency":"USD","next_charge_scheduled_at":\(text(next)),
         "has_queued_charges":true,"is_skippable":true,"cancellation_reason":null,
         "cancellation_reason_comments":\(text(comments))}}
        """)
}

func rechargeCharge(
    _ status: String = "success", refunded: String = "0.00", order: String? = nil
) -> ScriptedHTTPClient.Step {
    let order = order.map { "\"\($0)\"" } ?? "null"
    return .answer(
        200,
        """
        {"charge":{"id":1552301,"status":"\(status)","scheduled_at":"2026-04-01","total_price":"24.90",
         "total_refunds":"\(refunded)","currency":"USD","external_order_id":{"ecommerce":\(order)},
         "line_items":[{"purchase_item_id":482011,"sku":"MIE-SERUM-30","quantity":1}]}}
        """)
}
