@testable import Providers

func zendeskSettings(_ extra: String = "") throws -> ZendeskSettings {
    try ZendeskSettings.decode(
        bytes(
            """
            {"subdomain":"mienne","base_url":"http://127.0.0.1:9/zendesk","email":"ops@example.com",
             "api_token":"exampletoken123","webhook_secrets":["the-old-one","zendesk-signing-secret-example"]\(extra)}
            """))
}

func zendesk(_ http: ScriptedHTTPClient) throws -> ZendeskClient {
    ZendeskClient(settings: try zendeskSettings(), http: http, gate: OpenGate())
}

let zendeskBase = "http://127.0.0.1:9/zendesk/api/v2"

let zendeskTicket = """
    {"ticket":{"id":228476,"subject":"I want to return my robe","status":"open","requester_id":20978392,
     "external_id":null,"tags":["returns","vip"],"custom_fields":[{"id":47001,"value":"RMA-1"},{"id":47002,"value":null}],
     "updated_at":"2026-03-04T10:15:30Z"}}
    """

func zendeskAudit(_ key: String? = nil) -> String {
    let custom = key.map { #"{"stateset_key":"\#($0)"}"# } ?? "{}"
    return """
        {"id":2127301143,"ticket_id":228476,"created_at":"2026-03-04T10:16:02Z","author_id":494820284,
         "metadata":{"system":{},"custom":\(custom)},"events":[{"id":1,"type":"Change"},
         {"id":2127301163,"type":"Comment","public":true,"body":"Your label is attached.",
          "attachments":[{"id":498483,"file_name":"label.pdf"}]}]}
        """
}

func zendeskAudits(_ audits: String..., after: String? = nil) -> ScriptedHTTPClient.Step {
    let cursor = after.map { "\"\($0)\"" } ?? "null"
    return .answer(
        200,
        #"{"audits":[\#(audits.joined(separator: ","))],"meta":{"has_more":\#(after != nil),"after_cursor":\#(cursor)}}"#
    )
}
