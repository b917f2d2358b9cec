@testable import Providers

func gorgiasSettings(_ extra: String = "") throws -> GorgiasSettings {
    try GorgiasSettings.decode(
        bytes(
            """
            {"domain":"mienne","base_url":"http://127.0.0.1:9/gorgias","username":"ops@example.com",
             "api_key":"gorgias-key-example","from_address":"support@mienne.com","from_name":"Mienne",
             "webhook_tokens":["long-random-secret","the-old-one"]\(extra)}
            """))
}

func gorgias(_ http: ScriptedHTTPClient) throws -> GorgiasClient {
    GorgiasClient(settings: try gorgiasSettings(), http: http, gate: OpenGate())
}

let gorgiasBase = "http://127.0.0.1:9/gorgias/api"

/// The ticket of the contract page.
let gorgiasTicket = """
    {"id":228476,"uri":"/api/tickets/228476/","external_id":null,"status":"open","channel":"email","via":"email",
     "from_agent":false,"subject":"I want to return my robe",
     "customer":{"id":91823,"email":"ana@example.com","name":"Ana Ruiz","firstname":"Ana","lastname":"Ruiz"},
     "tags":[{"id":12,"name":"returns"}],"custom_fields":{"47":{"id":47,"value":"RMA-1"}},"messages_count":1,
     "updated_datetime":"2026-03-04T10:15:31.000000","last_received_message_datetime":"2026-03-04T10:15:30.123456"}
    """

func gorgiasMessages(_ messages: String..., next: String? = nil) -> ScriptedHTTPClient.Step {
    let cursor = next.map { "\"\($0)\"" } ?? "null"
    return .answer(
        200, #"{"data":[\#(messages.joined(separator: ","))],"object":"list","meta":{"next_cursor":\#(cursor)}}"#)
}
