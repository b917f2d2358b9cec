import Commerce

@testable import Providers

func stripeSettings(_ extra: String = "") throws -> StripeSettings {
    try StripeSettings.decode(
        bytes(
            """
            {"base_url":"http://127.0.0.1:9/stripe/v1","secret_key":"sk_test_x",
             "webhook_secrets":["whsec_new","whsec_example_endpoint_secret_1"]\(extra)}
            """))
}

func stripe(_ http: ScriptedHTTPClient, _ extra: String = "") throws -> StripeClient {
    StripeClient(settings: try stripeSettings(extra), http: http, gate: OpenGate())
}

func stripeRefund(_ amount: String = "149.00") throws -> StripeRefundDraft {
    StripeRefundDraft(
        key: "rfd_1", source: .paymentIntent("pi_1"), amount: try Money(decimal: amount, currency: usd()),
        metadata: ["rma_id": "01HV7Z"])
}

func stripeRefundJSON(_ id: String = "re_1", key: String = "rfd_1", status: String = "succeeded") -> String {
    """
    {"id":"\(id)","object":"refund","amount":14900,"charge":"ch_1","created":1772619330,"currency":"usd",
     "metadata":{"stateset_refund":"\(key)"},"payment_intent":"pi_1","reason":"requested_by_customer",
     "status":"\(status)"}
    """
}

func stripeList(_ elements: String..., hasMore: Bool = false) -> ScriptedHTTPClient.Step {
    .answer(
        200,
        #"{"object":"list","url":"/v1/refunds","has_more":\#(hasMore),"data":[\#(elements.joined(separator: ","))]}"#
    )
}

func stripeError(
    _ status: Int, _ code: String?, type: String = "invalid_request_error", _ headers: [String: String] = [:]
) -> ScriptedHTTPClient.Step {
    let code = code.map { #""code":"\#($0)","# } ?? ""
    return .answer(status, #"{"error":{\#(code)"type":"\#(type)","message":"words"}}"#, headers)
}
