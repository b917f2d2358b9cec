import Commerce
import Foundation

@testable import Providers

func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

func shopifySettings(_ extra: String = "") throws -> ShopifySettings {
    try ShopifySettings.decode(
        bytes(
            """
            {"shop":"mienne","base_url":"http://127.0.0.1:9/shopify","access_token":"shpat_1",
             "webhook_secrets":["shopify-app-client-secret-example"]\(extra)}
            """))
}

func netSuiteSettings(_ extra: String = "") throws -> NetSuiteSettings {
    try NetSuiteSettings.decode(
        bytes(
            """
            {"account":"1234567_SB1","location_id":"1",
             "consumer_key":"ck_7d1f9a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d5e6f708192a3b4c5d6e7",
             "consumer_secret":"cs_0f1e2d3c4b5a69788796a5b4c3d2e1f00f1e2d3c4b5a69788796a5b4c3d2e1f0",
             "token_id":"tk_aabbccddeeff00112233445566778899aabbccddeeff00112233445566778899",
             "token_secret":"ts_99887766554433221100ffeeddccbbaa99887766554433221100ffeeddccbbaa"\(extra)}
            """))
}

func dclSettings() throws -> DCLSettings {
    try DCLSettings.decode(
        bytes(
            """
            {"base_url":"http://127.0.0.1:9/dcl","account_number":10501,"username":"mienne_api","password":"s3cret!",
             "location":"FR","shipping_carrier":"UPS","shipping_service":"GROUND","webhook_tokens":"token-a,token-b"}
            """))
}

/// Compares JSON by value.
func json(_ text: String) throws -> JSONValue { try ProviderJSON.decode(JSONValue.self, from: bytes(text)) }
