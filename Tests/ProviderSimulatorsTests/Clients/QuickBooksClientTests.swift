import Commerce
import Foundation
import HTTPTransport
import Providers
import Testing

@testable import ProviderSimulators

@Suite("Refunds in QuickBooks, the client against the simulator")
struct QuickBooksClientTests {
    private struct Company {
        let http: SimulatedHTTP
        let client: QuickBooksClient
        let settings: Providers.QuickBooksSettings
        let tokens = QuickBooksMemoryTokens()

        init(_ http: SimulatedHTTP) throws {
            self.http = http
            settings = try .decode(
                Array(
                    """
                    {"base_url":"\(SimulatedHTTP.origin)/quickbooks",
                     "oauth_url":"\(SimulatedHTTP.origin)/quickbooks/oauth2/v1/tokens/bearer",
                     "realm_id":"4620816365","client_id":"app","client_secret":"secret","refresh_token":"first",
                     "verifier_tokens":"secret","deposit_account_id":"35","refund_item_id":"13",
                     "default_customer_id":"58"}
                    """.utf8))
            client = QuickBooksClient(
                settings: settings, tokens: tokens, http: http, gate: OpenGate(),
                clock: ManualClock(Date(timeIntervalSince1970: 1_772_619_330)))
        }

        func draft(_ number: String, _ kind: QuickBooksDraft.Kind = .refundReceipt) throws -> QuickBooksDraft {
            guard let usd = Currency(code: "USD") else { throw MoneyError.notDecimal }
            return QuickBooksDraft(
                kind: kind, docNumber: number, requestID: "req-\(number)",
                lines: [
                    .init(description: "Robe", quantity: 3, amount: Money(minorUnits: 10000, currency: usd)),
                    .init(
                        description: "Restocking fee", quantity: 1, amount: Money(minorUnits: -500, currency: usd),
                        itemID: "14"),
                ], tax: Money(minorUnits: 556, currency: usd))
        }
    }

    @Test(
        "after a lost answer, and after one that lands late, there is one document",
        arguments: ["drop_after", "apply_later"], QuickBooksDraft.Kind.allCases)
    func lost(mode: String, kind: QuickBooksDraft.Kind) async throws {
        try await SimulatedHTTP.run { http in
            let company = try Company(http)
            let path = "*/\(kind.rawValue.lowercased())"
            try await http.control(
                "POST", "faults",
                #"{"provider":"quickbooks","method":"POST","path":"\#(path)","mode":"\#(mode)","delay_ms":5}"#)
            await #expect(throws: ProviderFailure.self) { try await company.client.post(company.draft("RMA-1", kind)) }
            let first = try await company.client.post(company.draft("RMA-1", kind)).document
            let second = try await company.client.post(company.draft("RMA-1", kind)).document
            #expect(first.id == second.id)
            #expect(first.total == "100.56")
            #expect(try await company.client.post(company.draft("RMA-2", kind)).document.id != first.id)
        }
    }

    @Test("a document that was deleted in the books is entered again")
    func deleted() async throws {
        try await SimulatedHTTP.run { http in
            let company = try Company(http)
            let first = try await company.client.post(company.draft("RMA-1")).document
            try await http.control("DELETE", "quickbooks/documents/\(first.id)")
            let second = try await company.client.post(company.draft("RMA-1"))
            #expect(second.document.id != first.id)
            #expect(second == .created(second.document))
        }
    }

    @Test("a change meets one by somebody else, and a delete whose answer was lost is done")
    func changes() async throws {
        try await SimulatedHTTP.run { http in
            let company = try Company(http)
            let id = try await company.client.post(company.draft("RMA-1")).document.id
            try await http.control("POST", "quickbooks/documents/\(id)/edit", #"{"PrivateNote":"theirs"}"#)
            let changed = try await company.client.setPrivateNote("ours", .refundReceipt, id)
            #expect(changed.syncToken == "2")
            #expect(changed.privateNote == "ours")
            try await http.loseAnswer("quickbooks", "POST", "*/refundreceipt")
            await #expect(throws: ProviderFailure.self) { try await company.client.delete(.refundReceipt, id) }
            try await company.client.delete(.refundReceipt, id)
            #expect(try await company.client.document(.refundReceipt, id) == nil)
        }
    }

    @Test("tokens are renewed when they expire, also after a lost answer; a dead connection needs a person")
    func tokens() async throws {
        try await SimulatedHTTP.run { http in
            let company = try Company(http)
            #expect(try await company.client.companyName() == "Mienne")
            for _ in 0..<3 {
                try await http.control("POST", "quickbooks/tokens/expire")
                try await http.loseAnswer("quickbooks", "POST", "/oauth2/*")
                await #expect(throws: ProviderFailure.self) { try await company.client.companyName() }
                #expect(try await company.client.companyName() == "Mienne")
            }
            #expect(await company.tokens.tokens(ofRealm: "4620816365")?.refreshToken.hasPrefix("RT1-") == true)
            try await http.control("POST", "quickbooks/disconnect")
            await #expect(
                throws: ProviderFailure.unauthorized(
                    message: "QuickBooks takes the refresh token no longer: connect the company again.")
            ) { try await company.client.companyName() }
        }
    }

    @Test("customers are found by their address; changes are told by webhook, signed as the gateway checks it")
    func customersAndWebhooks() async throws {
        try await SimulatedHTTP.run { http in
            let company = try Company(http)
            #expect(try await company.client.customer(email: "ana@example.com") == "58")
            try await http.control("POST", "quickbooks/customers", #"{"email":"o'neil@example.com"}"#)
            #expect(try await company.client.customer(email: "o'neil@example.com") == "59")
            #expect(try await company.client.customer(email: "nobody@example.com") == nil)
            let id = try await company.client.post(company.draft("RMA-1")).document.id
            var deliveries = http.transport.deliveries.makeAsyncIterator()
            let delivery = try #require(await deliveries.next())
            let webhook = InboundWebhook(headers: delivery.headers.map { ($0.name, $0.value) }, body: delivery.body)
            guard case .accepted = QuickBooksWebhookVerifier(settings: company.settings).verify(webhook) else {
                Issue.record("the webhook was not accepted")
                return
            }
            let changes = try QuickBooksNotification(json: delivery.body).changes
            #expect(changes.map(\.id) == [id])
            #expect(changes.map(\.operation) == ["Create"])
        }
    }
}
