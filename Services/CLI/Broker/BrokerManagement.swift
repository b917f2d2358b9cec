import AMQP
import Commerce
import Foundation
import HTTPTransport

/// What only RabbitMQ's management interface tells: AMQP cannot list bindings.
struct BrokerManagement: Sendable {
    let url: URLComponents
    let virtualHost: String
    let http: any HTTPClient

    /// - Parameter url: `http://user:password@host:port`; nil where it is no URL.
    init?(url: String, virtualHost: String, http: any HTTPClient) {
        guard let parts = URLComponents(string: url), parts.host != nil else { return nil }
        self.url = parts
        self.virtualHost = virtualHost
        self.http = http
    }

    /// The default exchange's own binding is left out: every queue has it. A queue that is not there has none.
    func bindings(of queue: String) async throws -> [AMQPTopology.Binding] {
        let path = "/api/queues/\(Self.segment(virtualHost))/\(Self.segment(queue))/bindings"
        guard case .array(let items) = try await get(path) else { return [] }
        return items.compactMap { item in
            guard let exchange = item["source"]?.text, !exchange.isEmpty else { return nil }
            return .init(queue: queue, exchange: exchange, routingKey: item["routing_key"]?.text ?? "")
        }
    }

    private func get(_ path: String) async throws -> JSONValue {
        var bare = url
        bare.user = nil
        bare.password = nil
        let credentials = Data("\(url.user ?? "guest"):\(url.password ?? "guest")".utf8).base64EncodedString()
        let response = try await http.send(
            HTTPRequest(
                method: "GET", url: (bare.string ?? "").trimmingSuffix("/") + path,
                headers: [("Authorization", "Basic \(credentials)")]))
        guard response.isSuccess else {
            throw CLIError("RabbitMQ's management interface answered \(response.status) for \(path)")
        }
        return try JSONDecoder().decode(JSONValue.self, from: Data(response.body))
    }

    /// A virtual host can be `/`, which must not end the segment.
    private static func segment(_ text: String) -> String {
        text.addingPercentEncoding(withAllowedCharacters: .alphanumerics.union(.init(charactersIn: "-._~"))) ?? text
    }
}

extension String {
    fileprivate func trimmingSuffix(_ suffix: String) -> String {
        hasSuffix(suffix) ? String(dropLast(suffix.count)) : self
    }
}
