import Commerce
import Contracts
import Foundation
import HTTPTransport
import Messaging
import Postgres
import ServiceKit
import Synchronization
import Testing

@testable import Notifications

private final class Unopened: Sendable {
    private let value = Mutex(0)

    var count: Int { value.withLock { $0 } }

    func add() { value.withLock { $0 += 1 } }
}

extension DeliveryTests {
    @Suite("When an endpoint is switched off, and when it is not")
    struct EndpointLifeTests {
        @Test("a paused endpoint is not switched off for what failed before, and keeps what happens meanwhile")
        func paused() async throws {
            try await NotificationsBench.run { bench in
                let webhook = try await bench.webhook("a.example")
                bench.endpoints.set("a.example", .answer(500))
                try await bench.happen()
                try await bench.deliverDue()
                let reviews = try await bench.reviews()
                #expect(reviews.count == DisablingPlan.percents.count)
                bench.clock.advance(by: .seconds(6))
                let underWay = try #require(try await bench.claims.claim(endpointsMax: 50).first)
                try await bench.operate(.pause, webhook)
                await bench.loop.deliver(underWay)
                #expect(try await bench.reviews().count == reviews.count)

                bench.clock.advance(by: .days(6))
                for review in reviews {
                    try await bench.handle { _ = try await ReviewWebhookHandler().handle(review.command, in: $0) }
                }
                #expect(try await bench.status(of: webhook) == "paused")
                #expect(try await bench.notices().isEmpty)
                try await bench.happen()
                bench.endpoints.set("a.example", .answer(200))
                try await bench.operate(.resume, webhook)
                #expect(try await bench.deliverDue() == 2)
                #expect(try await bench.deliveries(to: webhook).map(\.status) == ["succeeded", "succeeded"])
            }
        }

        @Test("several calls that are answered 410 at once switch it off once; a paused one stays paused")
        func gone() async throws {
            try await NotificationsBench.run { bench in
                let webhook = try await bench.webhook("a.example")
                bench.endpoints.set("a.example", .answer(410))
                for _ in 0..<DeliveryClaims.callsMax { try await bench.happen() }
                let claimed = try await bench.claims.claim(endpointsMax: 50)
                #expect(claimed.count == DeliveryClaims.callsMax)
                for delivery in claimed { await bench.loop.deliver(delivery) }
                #expect(try await bench.status(of: webhook) == "disabled")
                #expect(try await bench.notices().count == 1)

                try await bench.operate(.resume, webhook)
                try await bench.happen()
                let last = try #require(try await bench.claims.claim(endpointsMax: 50).first)
                try await bench.operate(.pause, webhook)
                await bench.loop.deliver(last)
                #expect(try await bench.status(of: webhook) == "paused")
                #expect(try await bench.notices().count == 1)
            }
        }

        @Test("a call of an endpoint that was removed meanwhile still has its end written down")
        func removed() async throws {
            try await NotificationsBench.run { bench in
                let webhook = try await bench.webhook("a.example")
                bench.endpoints.set("a.example", .answer(410))
                try await bench.happen()
                let claimed = try #require(try await bench.claims.claim(endpointsMax: 50).first)
                try await bench.operate(.remove, webhook)
                await bench.loop.deliver(claimed)
                #expect(try await bench.deliveries(to: webhook).map(\.lastError) == ["answered 410"])
            }
        }

        @Test("another URL begins without the old one's failures and its wish for patience")
        func changed() async throws {
            try await NotificationsBench.run { bench in
                let webhook = try await bench.webhook("a.example")
                bench.endpoints.set("a.example", .answer(429, headers: [("retry-after", "7200")]))
                try await bench.happen()
                try await bench.deliverDue()
                let reviews = try await bench.reviews()
                func change(url: String?, ordered: Bool?) async throws {
                    let command = ChangeWebhook(
                        webhookID: webhook, url: url, events: nil, ordered: ordered, description: nil)
                    try await bench.handle { _ = try await ChangeWebhookHandler().handle(command, in: $0) }
                }
                try await change(url: nil, ordered: false)
                try await bench.happen()
                #expect(try await bench.deliverDue() == 0)
                bench.endpoints.set("b.example", .answer(500))
                try await change(url: "https://b.example/hook", ordered: nil)
                #expect(try await bench.deliverDue() == 1)
                #expect(bench.endpoints.requests(to: "b.example").count == 1)
                bench.clock.advance(by: .days(5))
                for review in reviews {
                    try await bench.handle { _ = try await ReviewWebhookHandler().handle(review.command, in: $0) }
                }
                #expect(try await bench.status(of: webhook) == "active")
                #expect(try await bench.notices().isEmpty)
            }
        }

        @Test(
            "for want of room here a delivery only waits a second: no try is used up and nothing is said of the endpoint",
            arguments: [HTTPTransportError.Code.overloaded, .closed])
        func noRoom(code: HTTPTransportError.Code) async throws {
            try await NotificationsBench.run { bench in
                let webhook = try await bench.webhook("a.example")
                bench.endpoints.set("a.example", .fail(.init(code: code, message: "no room", wasSent: false)))
                try await bench.happen()
                #expect(try await bench.deliverDue() == 1)
                let row = try #require(try await bench.deliveries(to: webhook).first)
                #expect(row.status == "pending" && row.attempts == 0 && row.lastError == nil)
                #expect(row.nextAttemptAt == bench.clock.now + 1)
                #expect(try await bench.reviews().isEmpty)
                #expect(try await bench.attempts(of: row.id).isEmpty)
                bench.endpoints.set("a.example", .answer(200))
                bench.clock.advance(by: DeliverySettlement.putOff)
                #expect(try await bench.deliverDue() == 1)
                #expect(try await bench.deliveries(to: webhook).map(\.attempts) == [1])
            }
        }

        @Test("an older secret that we cannot open does not sign; the current one does, and we hear of it")
        func olderKeyless() async throws {
            try await NotificationsBench.run { bench in
                let other = SecretBox(try SecretKeys(parsing: "k2:AQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyA="))
                let webhook = try await bench.webhook("a.example")
                let current = WebhookSecret()
                let sealed = try current.sealed(in: other, for: bench.workspaceID)
                let command = RotateWebhookSecret(
                    webhookID: webhook, secret: SealedText(keyID: sealed.keyID, bytes: Data(sealed.bytes)))
                try await bench.handle { _ = try await RotateWebhookSecretHandler().handle(command, in: $0) }
                try await bench.happen()
                let unopened = Unopened()
                var loop = bench.loop
                loop.call = DeliveryCall(
                    http: bench.endpoints, secrets: other, allowed: [],
                    resolve: { [names = bench.names] host, _ in names.addresses(of: host) },
                    hearOfUnopened: { _, _ in unopened.add() })
                for delivery in try await bench.claims.claim(endpointsMax: 50) { await loop.deliver(delivery) }
                let request = try #require(bench.endpoints.requests(to: "a.example").first)
                let (id, time) = (request.header("webhook-id"), request.header("webhook-timestamp"))
                let expected = current.signature(
                    id: try #require(id), timestamp: try #require(time.flatMap { Int($0) }), body: request.body ?? [])
                #expect(request.header("webhook-signature") == expected && unopened.count == 1)
                #expect(try await bench.deliveries(to: webhook).map(\.status) == ["succeeded"])
            }
        }

        @Test("a secret that we cannot open is no failure of the endpoint, and no key is named to it")
        func noKey() async throws {
            try await NotificationsBench.run { bench in
                let webhook = try await bench.webhook("a.example")
                for _ in 0..<2 { try await bench.happen() }
                var keyless = bench.loop
                keyless.call = DeliveryCall(
                    http: bench.endpoints,
                    secrets: SecretBox(try SecretKeys(parsing: "k2:AQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyA=")),
                    allowed: [], resolve: { [names = bench.names] host, _ in names.addresses(of: host) })
                let claimed = try await bench.claims.claim(endpointsMax: 50)
                #expect(claimed.count == 2)
                for delivery in claimed { await keyless.deliver(delivery) }
                #expect(bench.endpoints.requests(to: "a.example").isEmpty)
                let rows = try await bench.deliveries(to: webhook)
                #expect(rows.map(\.status) == ["pending", "pending"] && rows.map(\.attempts) == [0, 0])
                #expect(rows.map(\.lastError) == [DeliverySettlement.keylessWords, DeliverySettlement.keylessWords])
                #expect(try await bench.reviews().isEmpty)

                try await bench.happen()
                #expect(try await bench.deliverDue() == 0)
                bench.clock.advance(by: DeliverySettlement.keyless)
                #expect(try await bench.deliverDue() == 3)
                #expect(try await bench.deliveries(to: webhook).map(\.attempts) == [1, 1, 1])
            }
        }
    }

    @Suite("What is sent again")
    struct ResentTests {
        @Test("an old delivery that is sent again is kept until it has been tried; one that nobody resumed is not")
        func kept() async throws {
            try await NotificationsBench.run { bench in
                let webhook = try await bench.webhook("a.example")
                let other = try await bench.webhook("b.example")
                bench.endpoints.set("a.example", .answer(410))
                try await bench.operate(.pause, other)
                try await bench.happen()
                try await bench.deliverDue()
                bench.clock.advance(by: .days(29))
                let delivery = try #require(try await bench.deliveries(to: webhook).first).id
                try await bench.operate(.resume, webhook)
                try await bench.handle { _ = try await ResendDeliveriesHandler().handle(.init(delivery), in: $0) }
                bench.clock.advance(by: .days(2))
                try await bench.keepHouse()
                #expect(try await bench.deliveries(to: other).isEmpty)
                bench.endpoints.set("a.example", .answer(500))
                #expect(try await bench.deliverDue() == 1)
                try await bench.keepHouse()
                #expect(try await bench.deliveries(to: webhook).map(\.status) == ["pending"])
            }
        }

        @Test("what is sent again during its last try is not failed by that one", arguments: [500, 200])
        func duringLastTry(status: Int) async throws {
            try await NotificationsBench.run { bench in
                let webhook = try await bench.webhook("a.example")
                bench.endpoints.set("a.example", .answer(500))
                try await bench.happen()
                for delay in RetrySchedule.delays {
                    #expect(try await bench.deliverDue() == 1)
                    bench.clock.advance(by: delay + .seconds(1))
                }
                let eighth = try #require(try await bench.claims.claim(endpointsMax: 50).first)
                #expect(eighth.tries == RetrySchedule.triesMax)
                try await bench.handle { _ = try await ResendDeliveriesHandler().handle(.init(eighth.id), in: $0) }
                bench.endpoints.set("a.example", .answer(status))
                await bench.loop.deliver(eighth)
                bench.endpoints.set("a.example", .answer(200))
                #expect(try await bench.deliverDue() == (status == 200 ? 0 : 1))
                #expect(try await bench.deliveries(to: webhook).map(\.status) == ["succeeded"])
                #expect(try await bench.attempts(of: eighth.id).count == (status == 200 ? 8 : 9))
            }
        }
    }
}
