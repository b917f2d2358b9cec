import Commerce
import Contracts
import Foundation
import HTTPTypes
import Messaging
import Postgres
import RouterSupport
import Testing

@testable import IngestGateway

@Suite("Receiving a webhook", .tags(.postgres), .enabled(if: TestDatabase.isThere))
struct ReceiveWebhookTests {
    private let order = ##"{"id":5678901234567,"name":"#1001","total_price":"155.12"}"##

    @Test("a signed webhook is stored with its payload, and what follows from it is owed to the broker")
    func accepted() async throws {
        try await GatewayBench.run { bench in
            let answer = try await bench.post(order)
            #expect(answer.status == 200)
            #expect(answer.body["status"] == "accepted")
            let received = try #require(try await bench.received().first)
            #expect(answer.body["id"] == received.id.description)
            #expect(received.status == "accepted" && received.topic == "orders/paid" && received.body == order)
            #expect(received.headers["x-shopify-hmac-sha256"] == "redacted")
            #expect(received.headers["x-shopify-topic"] == "orders/paid")
            let owed = try #require(try await bench.owed().first)
            #expect(owed.exchange == "stateset.events" && owed.routingKey == "webhook.shopify.orders.paid")
            let envelope = try Envelope(body: Array(owed.envelope.utf8))
            #expect(envelope.attributes.type == "webhook.shopify.orders.paid")
            #expect(envelope.attributes.workspaceid == bench.workspaceID)
            #expect(try envelope.rawData().text.contains(received.id.description))
        }
    }

    @Test("what is written by hand is what the encoder writes", arguments: ["orders/paid", #"odd"\topic"#, "é"])
    func eventJSON(topic: String) throws {
        for id in [nil, ReceivedID()] {
            let event = WebhookReceived(provider: "shopify", topic: topic, receivedID: id)
            #expect(event.json == (try RawJSON(encoding: event)))
        }
    }

    @Test("the same delivery twenty times at once is accepted once and counted nineteen times")
    func duplicates() async throws {
        try await GatewayBench.run { bench in
            let answers = try await withThrowingTaskGroup(of: GatewayBench.Answer.self) { group in
                for _ in 0..<20 { group.addTask { try await bench.post(order) } }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(answers.allSatisfy { $0.status == 200 })
            #expect(answers.count { $0.body["status"] == "accepted" } == 1)
            #expect(Set(answers.map { $0.body["id"] }).count == 1)
            #expect(try await bench.received().map(\.duplicates) == [19])
            #expect(try await bench.owed().count == 1)
        }
    }

    @Test("deliveries of other ids are other deliveries, also of the same body")
    func distinct() async throws {
        try await GatewayBench.run { bench async throws in
            for delivery in ["a", "b"] { #expect(try await bench.post(order, delivery: delivery).status == 200) }
            #expect(try await bench.received().count == 2)
        }
    }

    @Test("while a secret is replaced, both are taken")
    func twoSecrets() async throws {
        try await GatewayBench.run { bench async throws in
            for secret in GatewayBench.secrets {
                #expect(try await bench.post(order, delivery: secret, secret: secret).status == 200)
            }
        }
    }

    @Test("a signature by somebody else is refused without a word, and quarantined")
    func badSignature() async throws {
        try await GatewayBench.run { bench in
            let answer = try await bench.post(order, secret: "a-guess")
            #expect(answer.status == 401)
            #expect(answer.body["code"] == "unauthorized")
            #expect(answer.headers[.contentType] == "application/problem+json")
            #expect(answer.body["request_id"]?.hasPrefix("req_") == true)
            let received = try #require(try await bench.received().first)
            #expect(received.status == "quarantined" && received.reason == "bad_signature" && received.body == order)
            #expect(try await bench.owed().isEmpty)
        }
    }

    @Test("a webhook without a signature is refused and quarantined")
    func missingSignature() async throws {
        try await GatewayBench.run { bench async throws in
            #expect(try await bench.post(order, isSigned: false).status == 401)
            #expect(try await bench.received().map(\.reason) == ["missing_signature"])
        }
    }

    @Test("a signed body that is not JSON is refused with 400", arguments: ["{", "", "{'a':1}", "{} {}"])
    func notJSON(body: String) async throws {
        try await GatewayBench.run { bench async throws in
            #expect(try await bench.post(body).status == 400)
            #expect(try await bench.received().map(\.reason) == ["not_json"])
        }
    }

    @Test(
        "a topic or id that cannot be a name is refused, so that it blocks no queue and no index",
        arguments: [
            (String(repeating: "t", count: 200), "d"), ("orders paid", "d"),
            ("orders/paid", String(repeating: "d", count: 300)),
        ])
    func unusableName(topic: String, delivery: String) async throws {
        try await GatewayBench.run { bench async throws in
            #expect(try await bench.post(order, delivery: delivery, topic: topic).status == 400)
            #expect(try await bench.received().map(\.reason) == ["unusable_name"])
        }
    }

    @Test("of a body over 1 MiB only the first bytes and the size are kept")
    func oversize() async throws {
        let body = #"{"a":""# + String(repeating: "x", count: 1024 * 1024) + #""}"#
        try await GatewayBench.run { bench in
            #expect(try await bench.post(body).status == 413)
            let received = try #require(try await bench.received().first)
            #expect(received.reason == "oversize" && received.body.utf8.count == Quarantine.bodyBytesMax)
            #expect(received.headers["x-stateset-body-bytes"] == "\(body.utf8.count)")
        }
    }

    @Test(
        "an unknown provider, one that is not set up, and one without webhooks are not found, and filed",
        arguments: [
            ("acme", "unknown_provider"), ("dcl", "provider_not_set"), ("netsuite", "provider_not_set"),
        ])
    func unknownProvider(provider: String, reason: String) async throws {
        try await GatewayBench.run { bench async throws in
            #expect(try await bench.post(order, provider: provider).status == 404)
            #expect(try await bench.received().map(\.reason) == [reason])
        }
    }

    @Test("an unknown workspace is not found", arguments: ["ws_00000000000000000000000000000000", "nonsense"])
    func unknownWorkspace(workspace: String) async throws {
        try await GatewayBench.run { bench async throws in
            #expect(try await bench.post(order, workspace: workspace).status == 404)
            #expect(try await bench.received().isEmpty)
        }
    }

    @Test("more than the workspace's rate is refused with 429 and the time to come again")
    func rate() async throws {
        try await GatewayBench.run(ratePerSecond: 1) { bench in
            let answers = try await [bench.post(order, delivery: "a"), bench.post(order, delivery: "b")]
            #expect(answers.map(\.status) == [200, 429])
            #expect(answers[1].headers[.retryAfter] == "1")
            #expect(try await bench.received().map(\.reason) == [nil, "rate_exceeded"])
        }
    }

    @Test("somebody who sends nonsense fills twenty rows a minute; the rest is summed up in one")
    func quarantineIsBounded() async throws {
        try await GatewayBench.run { bench in
            for number in 0..<25 { _ = try await bench.post(order, delivery: "\(number)", secret: "a-guess") }
            #expect(try await bench.received().count == 20)
            await bench.quarantine.sumUp()
            let summary = try #require(try await bench.received().last)
            #expect(summary.reason == "bad_signature" && summary.duplicates == 5)
        }
    }

    @Test("without a database the sender is asked to come again")
    func unavailable() async throws {
        let pool = PostgresPool(
            try PostgresConfiguration(url: "postgres://nobody@127.0.0.1:1/none", applicationName: "test"),
            logger: .silent)
        let outbox = try GatewayBench.outbox(on: pool)
        let receive = GatewayBench.receiver(outbox, Quarantine(outbox: outbox, logger: .silent))
        let answer = try await Requests.post(to: GatewayRouter.make(receive: receive, logger: .silent))
        #expect(answer.status == .serviceUnavailable)
        #expect(answer.headers[.retryAfter] != nil)
    }
}
