import Foundation
import Support

/// RabbitMQ's management API, as a person would use it.
struct Broker {
    let stack: RunningStack

    func publish(exchange: String, routingKey: String, body: String) async throws {
        var url = URLComponents(string: stack["STATESET_RABBITMQ_MANAGEMENT_URL"]) ?? URLComponents()
        let login = "\(url.user ?? ""):\(url.password ?? "")"
        url.user = nil
        url.password = nil
        url.path = ""
        let message: [String: Any] = [
            "properties": [String: String](), "routing_key": routingKey, "payload": body, "payload_encoding": "string",
        ]
        let json = String(decoding: try JSONSerialization.data(withJSONObject: message), as: UTF8.self)
        let answer = try await stack.send(
            "POST", "\(url.string ?? "")/api/exchanges/%2F/\(exchange)/publish", json,
            [("authorization", "Basic \(Data(login.utf8).base64EncodedString())")])
        guard answer.json.routed.bool == true else { throw Unexpected(answer.json) }
    }
}
