import Commerce
import Contracts
import Foundation
import HTTPTransport
import Messaging
import Postgres
import ServiceKit
import Testing

@testable import Notifications

extension DeliveryTests {
    @Suite("What is delivered to whom")
    struct QueueTests {
        @Test("an event goes to each endpoint of its workspace that asked for its type, once")
        func matching() async throws {
            try await NotificationsBench.run { bench in
                let wanting = try await bench.webhook("a.example", [.ticketUpdated, .orderCreated])
                let other = try await bench.webhook("b.example", [.orderCreated])
                let foreign = try await bench.webhook("c.example", in: WorkspaceID())
                let event = try await bench.happen()
                try await bench.take(event)
                #expect(try await bench.deliverDue() == 1)
                #expect(bench.endpoints.requests(to: "a.example").count == 1)
                #expect(try await bench.deliveries(to: wanting).map(\.status) == ["succeeded"])
                #expect(try await bench.deliveries(to: other).isEmpty)
                #expect(try await bench.deliveries(to: foreign).isEmpty)
            }
        }

        @Test("the body is the event's type, time and data; the request is signed and says its id")
        func request() async throws {
            try await NotificationsBench.run { bench in
                let secret = try #require(WebhookSecretText.example)
                try await bench.webhook("a.example", secret: secret)
                let event = try await bench.happen(
                    subject: "tkt_7", #"{"id":"tkt_7","status":"refunded","previous":{"status":"item_received"}}"#)
                try await bench.deliverDue()
                let request = try #require(bench.endpoints.requests(to: "a.example").first)
                let body = try #require(request.body)
                #expect(
                    String(decoding: body, as: UTF8.self)
                        == #"{"type":"ticket.updated","timestamp":"2026-03-04T10:15:30.000Z","data":"#
                        + #"{"id":"tkt_7","status":"refunded","previous":{"status":"item_received"}}}"#)
                let id = try #require(request.header("webhook-id"))
                #expect(id == "evt_" + event.attributes.id.replacing("-", with: ""))
                let timestamp = try #require(request.header("webhook-timestamp").flatMap { Int($0) })
                #expect(abs(Date().timeIntervalSince1970 - Double(timestamp)) < 300)
                #expect(
                    request.header("webhook-signature")
                        == secret.signature(id: id, timestamp: timestamp, body: body))
                #expect(request.method == "POST" && request.header("content-type") == "application/json")
            }
        }

        @Test("a paused endpoint gets what happened meanwhile when it is resumed; a disabled one can be sent it again")
        func pausedAndDisabled() async throws {
            try await NotificationsBench.run { bench in
                let paused = try await bench.webhook("a.example")
                try await bench.operate(.pause, paused)
                try await bench.happen()
                #expect(try await bench.deliverDue() == 0)
                try await bench.operate(.resume, paused)
                #expect(try await bench.deliverDue() == 1)

                bench.endpoints.set("a.example", .answer(410))
                try await bench.happen()
                try await bench.deliverDue()
                #expect(try await bench.status(of: paused) == "disabled")
                let missedAt = bench.clock.now
                try await bench.happen()
                #expect(try await bench.deliverDue() == 0)
                bench.endpoints.set("a.example", .answer(200))
                try await bench.operate(.resume, paused)
                #expect(try await bench.deliverDue() == 0)
                let command = ResendDeliveries(
                    of: paused, .init(since: missedAt, until: nil, status: "skipped", type: nil, subject: nil))
                let reply = try await bench.handle { try await ResendDeliveriesHandler().handle(command, in: $0) }
                #expect(reply.result.resent == 1)
                #expect(try await bench.deliverDue() == 1)
            }
        }

        @Test("an ordered endpoint that was switched off gets all in order, sent again before it is resumed")
        func orderedAndDisabled() async throws {
            try await NotificationsBench.run { bench in
                let webhook = try await bench.webhook("a.example", ordered: true)
                let since = bench.clock.now
                for number in 1...3 {
                    try await bench.happen(subject: "tkt_1", #"{"n":\#(number)}"#)
                    bench.clock.advance(by: DeliveryStore.holdBack)
                    guard number == 2 else { continue }
                    bench.endpoints.set("a.example", .answer(410))
                    #expect(try await bench.deliverDue() == 1)
                }
                #expect(try await bench.deliveries(to: webhook).map(\.status) == ["failed", "pending", "skipped"])
                bench.endpoints.set("a.example", .answer(200))
                for status in ["failed", "skipped"] {
                    let again = ResendDeliveries(
                        of: webhook, .init(since: since, until: nil, status: status, type: nil, subject: nil))
                    try await bench.handle { _ = try await ResendDeliveriesHandler().handle(again, in: $0) }
                }
                #expect(try await bench.deliverDue() == 0)
                try await bench.operate(.resume, webhook)
                #expect(try await bench.deliverDue() == 3)
                let bodies = bench.endpoints.requests(to: "a.example").suffix(3).map { $0.body ?? [] }
                let numbers = bodies.map { body in
                    (1...3).first { String(decoding: body, as: UTF8.self).contains(#""n":\#($0)"#) }
                }
                #expect(numbers == [1, 2, 3])
            }
        }

        @Test("a message that a person published needs no UUID, and gives the same webhook-id again")
        func byHand() async throws {
            try await NotificationsBench.run { bench in
                try await bench.webhook("a.example")
                let text = """
                    {"specversion":"1.0","id":"my.replay.1","type":"ticket.updated","source":"manual",
                     "workspaceid":"\(bench.workspaceID)","data":{"id":"tkt_1"}}
                    """
                let envelope = try Envelope(body: Array(text.utf8))
                try await bench.take(envelope)
                try await bench.take(envelope)
                #expect(try await bench.deliverDue() == 1)
                let id = bench.endpoints.requests(to: "a.example").first?.header("webhook-id")
                #expect(id?.hasPrefix("evt_") == true && id?.contains(".") == false)
            }
        }

        @Test("nobody operates another workspace's endpoint, or has its deliveries sent again")
        func tenants() async throws {
            try await NotificationsBench.run { bench in
                let webhook = try await bench.webhook("a.example")
                try await bench.happen()
                try await bench.deliverDue()
                let delivery = try #require(try await bench.deliveries(to: webhook).first).id
                let stranger = WorkspaceID()
                await #expect(throws: Refusal.self) {
                    try await bench.handle(in: stranger) {
                        _ = try await OperateWebhookHandler().handle(.init(webhookID: webhook, verb: .remove), in: $0)
                    }
                }
                await #expect(throws: Refusal.self) {
                    try await bench.handle(in: stranger) {
                        _ = try await ResendDeliveriesHandler().handle(.init(delivery), in: $0)
                    }
                }
                #expect(try await bench.status(of: webhook) == "active")
                #expect(try await bench.deliverDue() == 0)
            }
        }

        @Test("data that is no object is malformed")
        func malformed() async throws {
            try await NotificationsBench.run { bench in
                try await bench.webhook("a.example")
                await #expect(throws: MalformedMessage.self) { try await bench.happen(subject: "x", "[1]") }
            }
        }
    }
}
