import Commerce
import Foundation
import HTTPTransport
import Providers
import Testing

@testable import ProviderSimulators

@Suite("Subscriptions at Recharge, the client against the simulator")
struct RechargeClientTests {
    private struct Store {
        struct Object: Decodable {
            let id: Int
        }

        let http: SimulatedHTTP
        let client: RechargeClient
        let settings: Providers.RechargeSettings

        init(_ http: SimulatedHTTP) throws {
            self.http = http
            settings = try .decode(
                Array(
                    """
                    {"base_url":"\(SimulatedHTTP.origin)/recharge","access_token":"recharge-token",
                     "client_secrets":"secret"}
                    """.utf8))
            client = RechargeClient(settings: settings, http: http, gate: OpenGate())
        }

        func subscribe() async throws -> String {
            let answer = try await http.control(
                "POST", "recharge/subscriptions", #"{"email":"ana@example.com","next_charge_date":"2026-04-01"}"#)
            return "\(try JSONDecoder().decode(Object.self, from: Data(answer)).id)"
        }
    }

    private let cancellation = RechargeCancellation(reason: "Product returned", comments: "RMA 1")

    @Test("a cancellation whose answer was lost is ours all the same, and taken back with its date")
    func cancelAndRestore() async throws {
        try await SimulatedHTTP.run { http in
            let store = try Store(http)
            let id = try await store.subscribe()
            #expect(try await store.client.activeSubscriptions(email: "ANA@example.com").map(\.id) == [id])
            try await http.loseAnswer("recharge", "POST", "/subscriptions/*/cancel")
            await #expect(throws: ProviderFailure.self) { try await store.client.cancel(id, cancellation) }
            let cancelled = try await store.client.cancel(id, cancellation)
            #expect(cancelled.byUs)
            #expect(try await store.client.activeSubscriptions(email: "ana@example.com").isEmpty)
            try await http.loseAnswer("recharge", "POST", "/subscriptions/*/activate")
            await #expect(throws: ProviderFailure.self) {
                try await store.client.activate(id, nextChargeDate: "2026-04-01")
            }
            let active = try await store.client.activate(id, nextChargeDate: "2026-04-01")
            #expect(active.status == .active)
            #expect(active.nextChargeDate == "2026-04-01")
            let other = RechargeCancellation(reason: "Other", comments: "somebody else")
            _ = try await store.client.cancel(id, other)
            #expect(try await store.client.cancel(id, cancellation).byUs == false)
        }
    }

    @Test("charges are skipped and taken back once; a change moves the queued charge")
    func charges() async throws {
        try await SimulatedHTTP.run { http in
            let store = try Store(http)
            let id = try await store.subscribe()
            let customer = try #require(try await store.client.subscription(id).customerID)
            let charge = try #require(
                try await store.client.charges(customerID: customer, status: "queued", from: "2026-03-04").first)
            #expect(charge.scheduledAt == "2026-04-01")
            try await http.loseAnswer("recharge", "POST", "/charges/*/skip")
            await #expect(throws: ProviderFailure.self) { try await store.client.skip(charge.id, subscriptions: [id]) }
            #expect(try await store.client.skip(charge.id, subscriptions: [id]).status == "skipped")
            #expect(try await store.client.unskip(charge.id, subscriptions: [id]).status == "queued")
            let changed = try await store.client.change(id, RechargeChange(quantity: 2))
            #expect(changed.quantity == 2)
            let moved = try await store.client.charges(customerID: customer, status: "queued")
            #expect(moved.map(\.total) == ["49.80"])
            let address = try #require(try await store.client.subscription(id).addressID)
            let future = try await store.client.skip(day: "2026-05-01", ofAddress: address, subscriptions: [id])
            #expect(future.status == "skipped")
        }
    }

    @Test("the charge of a day is skipped once however often the answer is lost, and taken after all")
    func skippedDays() async throws {
        try await SimulatedHTTP.run { http in
            let store = try Store(http)
            let present = try await store.client.subscription(try await store.subscribe())
            let day = "2026-04-01"
            #expect(try await store.client.nextCharge(of: present) == day)
            try await http.loseAnswer("recharge", "POST", "/charges/*/skip")
            await #expect(throws: ProviderFailure.self) { try await store.client.skip(present, on: day) }
            #expect(try await store.client.skip(present, on: day).status == "skipped")
            #expect(try await store.client.nextCharge(of: present) == nil)
            try await http.loseAnswer("recharge", "POST", "/charges/*/unskip")
            await #expect(throws: ProviderFailure.self) { try await store.client.unskip(present, on: day) }
            #expect(try await store.client.unskip(present, on: day)?.status == "queued")
            #expect(try await store.client.nextCharge(of: present) == day)
            #expect(try await store.client.unskip(present, on: "2026-05-01") == nil)
            #expect(try await store.client.skip(present, on: "2026-05-01").status == "skipped")
        }
    }

    @Test("a refund whose answer was lost is made once")
    func refunds() async throws {
        try await SimulatedHTTP.run { http in
            let store = try Store(http)
            let id = try await store.subscribe()
            let customer = try #require(try await store.client.subscription(id).customerID)
            let charge = try #require(try await store.client.charges(customerID: customer).first)
            try await http.control("POST", "recharge/charges/\(charge.id)/process", "{}")
            try await http.loseAnswer("recharge", "POST", "/charges/*/refund")
            await #expect(throws: ProviderFailure.self) {
                try await store.client.refund(charge.id, amount: "10.00", before: charge.refunded)
            }
            let refunded = try await store.client.refund(charge.id, amount: "10.00", before: charge.refunded)
            #expect(refunded.refunded == "10.00")
            #expect(refunded.status == "partially_refunded")
        }
    }

    @Test("what happens is told by webhook, signed as the gateway checks it")
    func webhooks() async throws {
        try await SimulatedHTTP.run { http in
            let store = try Store(http)
            let id = try await store.subscribe()
            _ = try await store.client.cancel(id, cancellation)
            let clock = ManualClock(Date(timeIntervalSince1970: 1_772_619_330))
            let verifier = RechargeWebhookVerifier(settings: store.settings, clock: clock)
            var topics: Set<String> = []
            var deliveries = http.transport.deliveries.makeAsyncIterator()
            while topics.count < 2, let delivery = await deliveries.next() {
                let webhook = InboundWebhook(
                    headers: delivery.headers.map { ($0.name, $0.value) }, body: delivery.body)
                guard case .accepted(let accepted) = verifier.verify(webhook) else {
                    Issue.record("\(delivery.topic) was not accepted")
                    return
                }
                #expect(try RechargeEvent(json: delivery.body).subscription?.id == id)
                topics.insert(accepted.topic)
            }
            #expect(topics == ["subscription/created", "subscription/cancelled"])
        }
    }
}
