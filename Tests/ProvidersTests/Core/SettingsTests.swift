import Commerce
import Testing

@testable import Providers

@Suite("Provider settings")
struct SettingsTests {
    @Test("a missing key is named in one line, for every provider and every required key")
    func missingKeys() throws {
        let samples: [(ProviderDefinition, JSONValue, Set<String>)] = [
            (
                try definition("shopify"), try sample(try shopifySettings()),
                ["shop", "access_token", "webhook_secrets"]
            ),
            (
                try definition("netsuite"), try sample(try netSuiteSettings()),
                ["account", "consumer_key", "consumer_secret", "token_id", "token_secret", "location_id"]
            ),
            (
                try definition("dcl"), try sample(try dclSettings()),
                [
                    "account_number", "username", "password", "location", "shipping_carrier", "shipping_service",
                    "webhook_tokens",
                ]
            ),
            (
                try definition("shipstation"), try sample(try shipStationSettings()), ["api_key", "webhook_tokens"]
            ),
            (try definition("stripe"), try sample(try stripeSettings()), ["secret_key", "webhook_secrets"]),
            (try definition("recharge"), try sample(try rechargeSettings()), ["access_token", "client_secrets"]),
            (
                try definition("quickbooks"), try sample(try quickBooksSettings()),
                [
                    "realm_id", "client_id", "client_secret", "refresh_token", "verifier_tokens", "deposit_account_id",
                    "refund_item_id",
                ]
            ),
        ]
        for (definition, whole, required) in samples {
            try definition.validate(ProviderJSON.encode(whole))
            for key in required {
                let error = try #require(try problem(definition, without: key, of: whole))
                #expect(error.description == "\(definition.name): \(key) is missing")
            }
        }
    }

    @Test("a malformed value is named, and not shown")
    func malformed() throws {
        let cases: [(String, String)] = [
            (#"{"shop":{}}"#, "shopify: shop is malformed"),
            (
                #"{"shop":"m","base_url":"ftp://secret"}"#,
                "shopify: base_url must be an http or https URL without a query"
            ),
            (#"{"shop":""}"#, "shopify: shop is missing"),
            ("[]", "shopify: the settings are malformed"),
            ("{", "shopify: the settings are malformed"),
        ]
        for (text, expected) in cases {
            let error = try #require(
                #expect(throws: ProviderSettingsProblem.self) { try ShopifySettings.decode(bytes(text)) })
            #expect(error.description == expected)
        }
    }

    @Test("values may come as a command line gives them")
    func lenient() throws {
        #expect(try dclSettings().accountNumber == "10501")
        #expect(try dclSettings().webhookTokens == ["token-a", "token-b"])
        #expect(try netSuiteSettings(#","cash_sale":"true""#).cashSale)
        #expect(try !netSuiteSettings().cashSale)
        #expect(try shopifySettings(#","location_id":24826418"#).locationID == "24826418")
    }

    @Test("gateways whose payments are at Stripe are a list, or a text with commas; none where they are left out")
    func refundGateways() throws {
        #expect(try stripeSettings().refundGateways.isEmpty)
        #expect(try stripeSettings(#","refund_gateways":["Phone","invoice"]"#).refundGateways == ["Phone", "invoice"])
        #expect(try stripeSettings(#","refund_gateways":"Phone, invoice""#).refundGateways == ["Phone", "invoice"])
    }

    @Test("what is left out has the production value")
    func defaults() throws {
        #expect(try netSuiteSettings().baseURL == "https://1234567-sb1.suitetalk.api.netsuite.com")
        let shop = try ShopifySettings.decode(
            bytes(#"{"shop":"mienne.myshopify.com","access_token":"a","webhook_secrets":["b"]}"#))
        #expect(shop.baseURL == "https://mienne.myshopify.com")
        #expect(shop.restVersion == "2023-01")
    }

    @Test("printing settings shows no secret")
    func redacted() throws {
        #expect("\(try shopifySettings())" == "shopify settings (redacted)")
        #expect(String(reflecting: try dclSettings()) == "dcl settings (redacted)")
    }

    @Test("every secret key is a key")
    func secretKeys() {
        for definition in ProviderCatalog.all {
            #expect(definition.secretKeys.isSubset(of: definition.keys))
            #expect(!definition.secretKeys.isEmpty)
        }
    }

    private func definition(_ name: String) throws -> ProviderDefinition {
        try #require(ProviderCatalog.provider(named: name))
    }

    private func sample(_ settings: some ProviderSettings) throws -> JSONValue {
        try ProviderJSON.decode(JSONValue.self, from: ProviderJSON.encode(settings))
    }

    private func problem(
        _ definition: ProviderDefinition, without key: String, of whole: JSONValue
    ) throws -> ProviderSettingsProblem? {
        guard case .object(var members) = whole else { return nil }
        members[key] = nil
        let json = try ProviderJSON.encode(members)
        return #expect(throws: ProviderSettingsProblem.self) { try definition.validate(json) }
    }
}
