import Commerce
import Foundation
import HTTPTypes
import Hummingbird
import Logging

/// `POST /webhooks/{provider}/{workspace}`.
enum GatewayRouter {
    static func make(receive: ReceiveWebhook, logger: Logger) -> Router<BasicRequestContext> {
        let router = Router()
        router.post("/webhooks/{provider}/{workspace}") { request, context in
            let arrival = Arrival(
                provider: try context.parameters.require("provider"),
                workspace: try context.parameters.require("workspace"),
                headers: request.headers.map { ($0.name.canonicalName, $0.value) })
            do {
                let reception = try await receive(arrival) {
                    try await BodyReader.read(
                        request.body, announced: request.headers[.contentLength].flatMap { Int($0) })
                }
                return GatewayAnswer.of(reception, requestID: newRequestID())
            } catch {
                let requestID = newRequestID()
                logger.warning(
                    "webhook not stored, the sender is asked to come again",
                    metadata: ["request_id": "\(requestID)", "error": "\(error)"])
                return GatewayAnswer.unavailable(requestID: requestID)
            }
        }
        return router
    }

    private static func newRequestID() -> String { "req_\(UUIDv7.make().uuidString.lowercased())" }
}
