import Commerce
import Foundation
import HTTPTransport
import Providers

/// A client of the simulated Stripe account.
struct StripeAccount {
    struct Object: Decodable {
        let id: String
    }

    let http: SimulatedHTTP
    let client: StripeClient
    let settings: Providers.StripeSettings

    init(_ http: SimulatedHTTP) throws {
        self.http = http
        settings = try .decode(
            Array(
                """
                {"base_url":"\(SimulatedHTTP.origin)/stripe/v1","secret_key":"sk_test_1",
                 "webhook_secrets":"whsec_secret"}
                """.utf8))
        client = StripeClient(settings: settings, http: http, gate: OpenGate())
    }

    /// A charge of 149.00 USD.
    func pay(_ more: String = "") async throws -> StripeRefundSource {
        .charge(try await object("charges", #"{"amount":14900,"currency":"usd"\#(more)}"#))
    }

    func subscribe() async throws -> String { try await object("subscriptions", "{}") }

    private func object(_ collection: String, _ body: String) async throws -> String {
        let answer = try await http.control("POST", "stripe/\(collection)", body)
        return try JSONDecoder().decode(Object.self, from: Data(answer)).id
    }

    func refund(_ key: String, _ minorUnits: Int64, of source: StripeRefundSource) throws -> StripeRefundDraft {
        guard let usd = Currency(code: "USD") else { throw MoneyError.notDecimal }
        return StripeRefundDraft(
            key: key, source: source, amount: Money(minorUnits: minorUnits, currency: usd),
            metadata: ["rma_id": "01HV7Z"])
    }

    /// Plans that the next answer to such a request is lost.
    func lose(_ method: String, _ path: String, _ mode: String = "drop_after") async throws {
        try await http.control(
            "POST", "faults",
            #"{"provider":"stripe","method":"\#(method)","path":"\#(path)","mode":"\#(mode)","delay_ms":5}"#)
    }
}
