import Commerce
import Contracts
import Foundation

extension Endpoint {
    static func resendDelivery(_ verbs: WebhookVerbs) -> Endpoint {
        .post(
            "/deliveries/{id}/resend", .webhooksWrite,
            Operation(
                id: "resendDelivery", summary: "Sends one delivery again, under its webhook-id",
                body: "GivenReason", answers: [202: "Delivery"], isBodyOptional: true)
        ) { try await verbs.resendOne($0) }
    }

    static func resendDeliveries(_ verbs: WebhookVerbs) -> Endpoint {
        .post(
            "/webhooks/{id}/resend", .webhooksWrite,
            Operation(
                id: "resendDeliveries",
                summary:
                    "Sends again what an endpoint was sent, or was not, in a time and as the filter says; with 'more' "
                    + "the others follow by themselves",
                body: "Resend", answers: [202: "Resent"])
        ) { try await verbs.resendMany($0) }
    }
}

extension WebhookVerbs {
    private struct Body: Decodable {
        var since: Date
        var until: Date?
        var status: String?
        var type: String?
        var subject: String?
    }

    fileprivate func resendOne(_ request: APIRequest) async throws -> APIAnswer {
        let id = try request.id(DeliveryID.self)
        guard let delivery = try await DeliveryReader.find(id, in: request.workspaceID, pool) else {
            throw Problem.notFound
        }
        let command = Contracts.ResendDeliveries(id, reason: try request.reasonIfGiven())
        _ = try await carryOut(command, on: delivery.webhookID, request)
        return .accepted(try await DeliveryReader.find(id, in: request.workspaceID, pool)?.json ?? delivery.json)
    }

    fileprivate func resendMany(_ request: APIRequest) async throws -> APIAnswer {
        let body: Body = try request.decode()
        let id = try await webhook(request).id
        if let until = body.until, until <= body.since {
            throw Problem.invalid("until", "It must be later than 'since'.")
        }
        if let status = body.status, !DeliveryReader.statuses.contains(status) {
            var problem = Problem.invalid("status", "There is no status '\(status)'.")
            problem.allowed = DeliveryReader.statuses
            throw problem
        }
        let filter = Contracts.ResendDeliveries.Filter(
            since: body.since, until: body.until, status: body.status, type: body.type, subject: body.subject)
        let command = Contracts.ResendDeliveries(of: id, filter, reason: try request.reasonIfGiven())
        let reply = try await carryOut(command, on: id, request)
        return .accepted(["resent": .int(reply.resent), "more": .bool(reply.more ?? false)])
    }
}
