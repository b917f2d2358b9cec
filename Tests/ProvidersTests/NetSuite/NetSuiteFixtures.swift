import Foundation

@testable import Providers

let netSuiteBase = "http://127.0.0.1:9/netsuite"

func netSuite(_ http: ScriptedHTTPClient) throws -> NetSuiteClient {
    let signer = NetSuiteSigner(now: { Date(timeIntervalSince1970: 1_772_619_330) }, nonce: { "nonce" })
    return NetSuiteClient(
        settings: try netSuiteSettings(#","base_url":"http://127.0.0.1:9/netsuite""#), http: http, gate: OpenGate(),
        signer: signer)
}

func salesOrderJSON(status: String = "B", lines: String? = nil) -> String {
    let own = lines ?? #"{"line":1,"item":{"id":"9001","refName":"MIE-ROBE-S"},"quantity":2.0,"rate":74.5}"#
    return """
        {"links":[],"id":"98431","tranId":"SO10045","status":{"id":"\(status)","refName":"x"},"entity":{"id":"107"},
         "item":{"items":[\(own)],"count":1,"hasMore":false},"total":155.12,"custbody_sent_to_3pl":false}
        """
}

func netSuiteError(_ status: Int, _ code: String, _ detail: String, path: String? = nil) -> ScriptedHTTPClient.Step {
    let path = path.map { #","o:errorPath":"\#($0)""# } ?? ""
    let details = #"[{"detail":"\#(detail)","o:errorCode":"\#(code)"\#(path)}]"#
    return .answer(status, #"{"title":"x","status":\#(status),"o:errorDetails":\#(details)}"#)
}

let createdOrder = ScriptedHTTPClient.Step.answer(
    204, "", ["Location": "https://x/services/rest/record/v1/salesOrder/98431"])
